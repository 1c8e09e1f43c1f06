/** How long copies of one kind took, in seconds. */
export interface Latencies {
  readonly mode: string;
  readonly who: string;
  readonly alone: readonly number[];
  readonly beside: readonly number[];
}

const HEAD = [
  'queue',
  'who copies',
  'alone: median, s',
  'alone: longest, s',
  'beside the bulk: median, s',
  'beside the bulk: longest, s',
  'times longer',
];

/** The middle of a list, the mean of the two middles of an even one; NaN for none. */
export const medianOf = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

const text = (seconds: number): string => (Number.isFinite(seconds) ? seconds.toFixed(2) : '–');

/** A Markdown table, a line for each kind of copy. */
export const latencyTable = (rows: readonly Latencies[]): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const align = HEAD.map((_, index) => (index < 2 ? '---' : '---:'));
  const body = rows.map(({ mode, who, alone, beside }) => {
    const times = medianOf(beside) / medianOf(alone);
    const figures = [medianOf(alone), Math.max(...alone), medianOf(beside), Math.max(...beside)].map(text);
    return line([mode, who, ...figures, Number.isFinite(times) ? `${times.toFixed(1)} ×` : '–']);
  });
  return [line(HEAD), line(align), ...body].join('\n');
};
