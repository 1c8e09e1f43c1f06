/** A piece of a word: text as it is, or the name of a variable. */
export type WordPart = string | { readonly variable: string };
export type Word = readonly WordPart[];

/** A command of a shell block with the comments behind it. */
export interface ShellCommand {
  /** Its line within the block, from 0 on. */
  readonly line: number;
  readonly words: readonly Word[];
  /** Without their `#`. */
  readonly comments: readonly string[];
}

const VARIABLE = /^\$([A-Z][A-Z0-9_]*)/;

/**
 * The commands of a block in the little shell that examples are written in: words, both kinds of quotes, `$NAME`, a
 * backslash at the end of a line, comments.
 *
 * @throws Error for what this shell does not know, so that no example is taken for another one
 */
export const shellCommands = (code: string): readonly ShellCommand[] => {
  const commands: { line: number; words: Word[]; comments: string[] }[] = [];
  let rest = code;
  let words: Word[] | null = null;
  const lineOf = () => code.slice(0, code.length - rest.length).split('\n').length - 1;
  const take = (pattern: RegExp): string | null => {
    const found = pattern.exec(rest)?.[0] ?? null;
    rest = rest.slice(found?.length ?? 0);
    return found;
  };
  while (rest !== '') {
    if (take(/^(?:[ \t]|\\\n)+/) !== null) continue;
    if (take(/^\n/) !== null) {
      words = null;
      continue;
    }
    const line = lineOf();
    const comment = take(/^#[^\n]*/);
    if (comment !== null) {
      const last = commands.at(-1);
      if (!last) throw new Error(`Line ${line}: the comment belongs to no command`);
      last.comments.push(comment.slice(1).trim());
      continue;
    }
    if (!words) {
      words = [];
      commands.push({ line, words, comments: [] });
    }
    words.push(wordFrom(take, line));
  }
  return commands;
};

const wordFrom = (take: (pattern: RegExp) => string | null, line: number): Word => {
  const parts: WordPart[] = [];
  for (;;) {
    const single = take(/^'[^']*'/);
    if (single !== null) {
      parts.push(single.slice(1, -1));
      continue;
    }
    const double = take(/^"[^"\\`]*"/);
    if (double !== null) {
      parts.push(...partsOf(double.slice(1, -1)));
      continue;
    }
    const bare = take(/^[^\s'"\\`;|&<>(){}*?]+/);
    if (bare === null) break;
    parts.push(...partsOf(bare));
  }
  if (parts.length === 0) throw new Error(`Line ${line}: examples are written without this: ${take(/^[^\n]*/)}`);
  return parts;
};

/** Text in which variables are replaced. */
const partsOf = (text: string): readonly WordPart[] => {
  const at = text.indexOf('$');
  if (at < 0) return text === '' ? [''] : [text];
  const [whole, variable] = VARIABLE.exec(text.slice(at)) ?? [];
  if (whole === undefined || variable === undefined) throw new Error(`No variable: ${text.slice(at)}`);
  const after = text.slice(at + whole.length);
  return [...(at > 0 ? [text.slice(0, at)] : []), { variable }, ...(after === '' ? [] : partsOf(after))];
};

/** A word with the values of its variables. @throws Error for a variable that has none */
export const expanded = (word: Word, valueOf: (variable: string) => string | undefined): string =>
  word
    .map((part) => {
      if (typeof part === 'string') return part;
      const value = valueOf(part.variable);
      if (value === undefined) throw new Error(`$${part.variable} has no value here`);
      return value;
    })
    .join('');
