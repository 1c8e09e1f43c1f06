/** What an example says of the answer. */
export interface ExpectedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined when nothing is said of the body. */
  readonly body?: unknown;
}

/** Values by the names that examples gave them. */
export type Variables = Map<string, string>;

const ANYTHING = '…';
const HEADER = /^([A-Za-z][A-Za-z-]*): (\S.*)$/;
const NAME = /^\$([A-Z][A-Z0-9_]*)$/;
const TEXT_OR_REST = /"(?:[^"\\]|\\.)*"|[^"]+/g;

/**
 * Read the comments behind a command: the status, then headers and JSON, on that line or the next ones. In JSON `…` stands
 * for anything (as a value, within a text, or for further members), and `"$NAME"` names a value.
 *
 * @throws Error when there is no status, or no JSON
 */
export const expectedAnswer = (comments: readonly string[]): ExpectedAnswer => {
  const [, status, first = ''] = /^(\d{3})(?:\s+(.*))?$/.exec(comments[0] ?? '') ?? [];
  if (status === undefined) throw new Error('Behind an example stands what it answers: # 200 {…}');
  const lines = [first, ...comments.slice(1)].filter((line) => line !== '');
  const headers = lines.flatMap((line) => {
    const [, name, value] = HEADER.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value] as const];
  });
  const json = lines.filter((line) => !HEADER.test(line)).join('\n');
  return {
    status: Number(status),
    headers: Object.fromEntries(headers),
    ...(json !== '' && { body: JSON.parse(withTexts(json)) as unknown }),
  };
};

/** JSON in which every `…` and `$NAME` outside of texts is a text, too. */
const withTexts = (pattern: string): string =>
  (pattern.match(TEXT_OR_REST) ?? [])
    .map((part) =>
      part.startsWith('"')
        ? part
        : part
            .replace(/:\s*(…|\$[A-Z][A-Z0-9_]*)/g, ':"$1"')
            .replace(/…(?=\s*\})/g, `"${ANYTHING}":"${ANYTHING}"`)
            .replace(/(?<!")…(?!")/g, `"${ANYTHING}"`),
    )
    .join('');

/**
 * Compare an answer with what was said of it, and take up the values that it names: a name that is new takes the value,
 * one that is known must have it.
 *
 * @returns what differs, each with its place; empty when nothing does
 */
export const differences = (expected: unknown, actual: unknown, variables: Variables, path = ''): readonly string[] => {
  const here = path === '' ? 'the answer' : path;
  const differs = [`${here}: ${JSON.stringify(expected)} was expected, ${JSON.stringify(actual)} came`];
  if (typeof expected === 'string') return textFits(expected, actual, variables) ? [] : differs;
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return differs;
    const isOpen = expected.at(-1) === ANYTHING;
    const said: readonly unknown[] = isOpen ? expected.slice(0, -1) : expected;
    if (isOpen ? actual.length < said.length : actual.length !== said.length) return differs;
    return said.flatMap((one, index) => differences(one, actual[index], variables, `${path}[${index}]`));
  }
  if (typeof expected !== 'object' || expected === null) return expected === actual ? [] : differs;
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return differs;
  const { [ANYTHING]: more, ...said } = expected as Record<string, unknown>;
  const extra = more === undefined ? Object.keys(actual).filter((name) => !(name in said)) : [];
  return [
    ...extra.map((name) => `${path}.${name} is not mentioned`),
    ...Object.entries(said).flatMap(([name, value]) =>
      name in actual
        ? differences(value, (actual as Record<string, unknown>)[name], variables, `${path}.${name}`)
        : [`${path}.${name} is missing`],
    ),
  ];
};

const textFits = (expected: string, actual: unknown, variables: Variables): boolean => {
  if (expected === ANYTHING) return actual !== undefined;
  const name = NAME.exec(expected)?.[1];
  if (name !== undefined && (typeof actual === 'string' || typeof actual === 'number')) {
    if (!variables.has(name)) variables.set(name, String(actual));
    return variables.get(name) === String(actual);
  }
  const known = expected.replace(/\$([A-Z][A-Z0-9_]*)/g, (whole, one: string) => variables.get(one) ?? whole);
  const pattern = known.split(ANYTHING).map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return typeof actual === 'string' && new RegExp(`^${pattern.join('[^]*')}$`).test(actual);
};
