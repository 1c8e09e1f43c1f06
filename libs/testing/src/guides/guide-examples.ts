import { type ExpectedAnswer, expectedAnswer } from './answer-pattern.js';
import { guideBlocks } from './guide-blocks.js';
import { expanded, type ShellCommand, shellCommands, type Word } from './shell-words.js';

/** A call as an example writes it, and what it answers. */
export interface GuideExample {
  /** Its line on the page, from 1 on. */
  readonly line: number;
  readonly method: string;
  readonly url: Word;
  readonly headers: readonly Word[];
  readonly body: Word | undefined;
  readonly expected: ExpectedAnswer;
}

/** A call as it is sent. */
export interface GuideRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

const EXECUTED = 'sh';
/** Blocks that are shown only. */
const SHOWN = new Set(['json', 'text']);

/**
 * The examples of a page: the blocks marked `sh`, each command of which is a call by curl with its answer behind it.
 *
 * @throws Error with the line of what is no such example, or of a block that says neither that nor that it is only shown
 */
export const guideExamples = (markdown: string): readonly GuideExample[] =>
  guideBlocks(markdown).flatMap(({ language, line, code }) => {
    if (SHOWN.has(language)) return [];
    return at(line, () => {
      if (language !== EXECUTED) throw new Error(`A block is sh, json or text, not "${language}"`);
      return shellCommands(code).map((command) => at(line + command.line, () => exampleOf(command, line)));
    });
  });

/** What of a page is executed, for comparing it with its translation. */
export const executedCode = (markdown: string): readonly string[] =>
  guideBlocks(markdown).flatMap(({ language, code }) => (language === EXECUTED ? [code] : []));

/** An example with the values of its variables. @throws Error for a variable that has none, or a header that is none */
export const requestOf = (
  { method, url, headers, body }: GuideExample,
  valueOf: (variable: string) => string | undefined,
): GuideRequest => {
  const sent = headers.map((header): [string, string] => {
    const [, name, value] = /^([\w-]+): ?(.*)$/.exec(expanded(header, valueOf)) ?? [];
    if (name === undefined || value === undefined) throw new Error('A header is written "name: value"');
    return [name.toLowerCase(), value];
  });
  return {
    method,
    url: expanded(url, valueOf),
    headers: {
      // As curl does, so that an example that forgets it fails here, too.
      ...(body && { 'content-type': 'application/x-www-form-urlencoded' }),
      ...Object.fromEntries(sent),
    },
    body: body && expanded(body, valueOf),
  };
};

const exampleOf = ({ words, comments, line }: ShellCommand, blockLine: number): GuideExample => {
  const [program, ...rest] = words;
  if (plain(program) !== 'curl') throw new Error('An example is a call by curl');
  const urls: Word[] = [];
  const headers: Word[] = [];
  let method: string | undefined;
  let body: Word | undefined;
  while (rest.length > 0) {
    const word = rest.shift()!;
    const option = plain(word);
    if (option === '-s') continue;
    if (option === undefined || !option.startsWith('-')) {
      urls.push(word);
      continue;
    }
    const value = rest.shift();
    if (!value) throw new Error(`${option} has no value`);
    if (option === '-H') headers.push(value);
    else if (option === '-d') body = value;
    else if (option === '-X') method = plain(value);
    else throw new Error(`Examples are written without ${option}`);
  }
  const [url, another] = urls;
  if (!url || another) throw new Error('An example calls one address');
  return {
    line: blockLine + line,
    method: method ?? (body ? 'POST' : 'GET'),
    url,
    headers,
    body,
    expected: expectedAnswer(comments),
  };
};

const plain = (word: Word | undefined): string | undefined =>
  word?.every((part) => typeof part === 'string') ? word.join('') : undefined;

const at = <T>(line: number, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    const { message } = error as Error;
    throw /^Line \d+ of the page/.test(message) ? error : new Error(`Line ${line} of the page: ${message}`);
  }
};
