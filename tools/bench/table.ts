/** What copying some deals took. */
export interface Measured {
  readonly deals: number;
  readonly requests: number;
  readonly seconds: number;
}

const two = (value: number): string => value.toFixed(2);
const one = (value: number): string => value.toFixed(1);

/** A Markdown table; numbers are put to the right. */
export const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---:')), ...rows.map(line)].join('\n');
};

/**
 * Ours beside the naive way, which was measured on `sample` deals and is carried over to the same number of deals.
 *
 * @param rate  amoCRM's limit, in requests a second
 */
export const comparison = (ours: readonly Measured[], sample: Measured, rate: number): string =>
  tableOf(
    [
      'deals',
      'requests',
      'per deal',
      'time, s',
      `requests / ${rate} s`,
      'time / that',
      'naive requests',
      'naive time, s',
      'fewer requests',
      'sooner',
    ],
    ours.map(({ deals, requests, seconds }) => {
      const naiveRequests = (sample.requests / sample.deals) * deals;
      const naiveSeconds = (sample.seconds / sample.deals) * deals;
      const cells = [
        two(requests / deals),
        one(seconds),
        one(requests / rate),
        `${two(seconds / (requests / rate))} ×`,
      ];
      return [
        String(deals),
        String(requests),
        ...cells,
        naiveRequests.toFixed(0),
        one(naiveSeconds),
        `${one(naiveRequests / requests)} ×`,
        `${one(naiveSeconds / seconds)} ×`,
      ];
    }),
  );

/** Requests by endpoint, most first. */
export const endpointTable = (byEndpoint: Readonly<Record<string, number>>): string =>
  tableOf(
    ['requests', 'endpoint'],
    Object.entries(byEndpoint)
      .toSorted(([, a], [, b]) => b - a)
      .map(([endpoint, count]) => [String(count), `\`${endpoint}\``]),
  )
    .replace('---: |\n', '--- |\n')
    .replace('| ---: | ---: |', '| ---: | --- |');
