/** A statement about amoCRM with the test that shows what the product makes of it. */
export interface Statement {
  readonly text: string;
  readonly mark: string;
  readonly file: string;
  readonly test: string;
}

export const MARKS: readonly string[] = ['documented', 'observed', 'uncertain'];

const REFERENCE = /^`([^`]+)`: (.+)$/;

/** The statements of the tables in a page: rows of four cells, the last one a test. */
export const statementsOf = (page: string): readonly Statement[] =>
  page.split('\n').flatMap((line) => {
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (cells.length !== 4 || cells[0] === 'amoCRM' || /^-+$/.test(cells[0] ?? '')) return [];
    const [text = '', mark = '', , reference = ''] = cells;
    const [, file = '', test = ''] = REFERENCE.exec(reference) ?? [];
    return [{ text, mark, file, test }];
  });

/**
 * What is wrong with statements, one sentence each.
 *
 * @param read  the text of a file of the repository, or null when it is not there
 */
export const faultsOf = (statements: readonly Statement[], read: (file: string) => string | null): readonly string[] =>
  statements.flatMap(({ text, mark, file, test }) => {
    const faults: string[] = [];
    if (!MARKS.includes(mark)) faults.push(`"${text}" is marked ${mark}`);
    if (test === '') return [...faults, `"${text}" names no test`];
    const source = read(file);
    if (source === null) return [...faults, `"${text}" names ${file}, which is not there`];
    const isThere = ["'", '"', '`'].some((quote) => source.includes(`${quote}${test}${quote}`));
    return isThere ? faults : [...faults, `"${text}" names "${test}", which ${file} does not have`];
  });
