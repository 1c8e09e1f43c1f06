import { tableOf as numbersOf } from '../table.js';
import type { Row } from './measure.js';

// The first column holds names.
const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  numbersOf(head, rows).replace('\n| ---: |', '\n| --- |');

const ms = (value: number): string => value.toFixed(1);

/** All rows as Markdown. */
export const rowsTable = (rows: readonly Row[]): string =>
  tableOf(
    ['what', 'load', 'a second', 'p50, ms', 'p99, ms', 'slowest, ms', 'processor, µs each', 'bad'],
    rows.map(({ name, load, rate, p50Ms, p99Ms, maxMs, cpuMicros, bad }) => [
      name,
      load,
      rate.toFixed(0),
      ms(p50Ms),
      ms(p99Ms),
      ms(maxMs),
      cpuMicros === null ? '' : cpuMicros.toFixed(0),
      String(bad),
    ]),
  );

const COMPARED = [
  ['hook intake', 'floor: bare route, one INSERT'],
  ['hook intake', 'floor: bare route, POST'],
  ['hook with a wrong token', 'floor: bare route, POST'],
  ['login', 'floor: argon2id alone'],
  ['copy request', 'floor: bare route, one INSERT'],
  ['operation status', 'floor: bare route, GET'],
] as const;

/** Rates of the same run against each other: the figures that say something on another machine too. */
export const ratios = (rows: readonly Row[]): string => {
  const rateOf = (name: string): number => rows.find((row) => row.name === name)?.rate ?? NaN;
  return tableOf(
    ['what', 'against', 'ratio of rates'],
    COMPARED.map(([name, floor]) => [name, floor, `${(rateOf(name) / rateOf(floor)).toFixed(2)} ×`]),
  );
};
