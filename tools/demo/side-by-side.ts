/** One line of a comparison: what it is, the source's value, the copy's. */
export interface Row {
  readonly part: string;
  readonly source: string;
  readonly copy: string;
}

const PART_MAX = 24;
const NARROWEST = 80;
const WIDEST = 140;
const MARKS = { same: '  ', changed: '≠ ', gone: '− ', added: '+ ' } as const;

const cut = (text: string, width: number): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  const chars = [...line];
  return chars.length > width ? `${chars.slice(0, width - 1).join('')}…` : line + ' '.repeat(width - chars.length);
};

const markOf = ({ source, copy }: Row): string => {
  if (source === copy) return MARKS.same;
  if (copy === '') return MARKS.gone;
  return source === '' ? MARKS.added : MARKS.changed;
};

/**
 * A table of two columns for a terminal; lines that differ are marked.
 *
 * @param width  of the terminal in characters; kept between 80 and 140
 */
export const sideBySide = (headings: Row, rows: readonly Row[], width = 100): string => {
  const total = Math.min(Math.max(width, NARROWEST), WIDEST);
  const partWidth = Math.min(PART_MAX, Math.max(...[headings, ...rows].map(({ part }) => [...part].length)));
  const column = Math.floor((total - partWidth - 8) / 2);
  const lineOf = (row: Row, mark: string): string =>
    `  ${mark}${cut(row.part, partWidth)}  ${cut(row.source, column)}  ${cut(row.copy, column)}`.trimEnd();
  const rule = `    ${'─'.repeat(partWidth)}  ${'─'.repeat(column)}  ${'─'.repeat(column)}`;
  return [lineOf(headings, '  '), rule, ...rows.map((row) => lineOf(row, markOf(row)))].join('\n');
};
