import { MONTHS, WEEKDAYS, referredField, tokenLine, type TemplateContext } from './fill.js';
import type { Template, TemplateToken } from './tokens.js';

/**
 * A piece of what stands before or after the source's name in a template, ready to be recognised in a name.
 * `text`: any of these texts. `shape`: digits where `#` stands. `number`: a run of digits, perhaps with a fraction.
 */
type Piece =
  | { readonly kind: 'text'; readonly options: readonly string[] }
  | { readonly kind: 'shape'; readonly shape: string }
  | { readonly kind: 'number' };

/** The pieces on one side of the name. */
interface Side {
  readonly pieces: readonly Piece[];
  /** Says more than a bare number; without it `10 chairs` would look like a counter and a name. */
  readonly isTelling: boolean;
}

/** What a template puts around the source's name. */
export interface Frame {
  readonly before: Side;
  readonly after: Side;
}

const NUMBER_MAX = 20;
const PAD = ' '.repeat(8);

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';

const knownTexts = (token: TemplateToken, context: TemplateContext): readonly string[] => {
  const { directory, source } = context;
  if (token.kind === 'text') return [];
  if (token.kind === 'field') {
    const id = referredField(token.ref, source)?.fieldId;
    return directory.leadFields.find((field) => field.id === id)?.choices.map(({ value }) => value) ?? [];
  }
  switch (token.name) {
    case 'pipeline.name':
      return directory.pipelines.map(({ name }) => name);
    case 'stage.name':
      return directory.pipelines.flatMap(({ stages }) => stages.map(({ name }) => name));
    case 'responsible.name':
      return directory.users.map(({ name }) => name);
    case 'month':
      return MONTHS;
    case 'weekday':
      return WEEKDAYS;
    default:
      return [];
  }
};

const pieceOf = (token: TemplateToken, context: TemplateContext): Piece => {
  if (token.kind === 'variable') {
    if (token.name === 'date') return { kind: 'shape', shape: '##.##.####' };
    if (token.name === 'time') return { kind: 'shape', shape: '##:##' };
    if (token.name === 'year') return { kind: 'shape', shape: '####' };
    if (['counter', 'lead.id', 'lead.price'].includes(token.name)) return { kind: 'number' };
  }
  const own = tokenLine(token, context);
  const fallback = token.kind === 'text' ? [] : [token.fallback];
  return { kind: 'text', options: [...new Set([own, ...fallback, ...knownTexts(token, context)])] };
};

const isTelling = (piece: Piece): boolean =>
  piece.kind === 'text'
    ? piece.options.some((text) => text.trim() !== '')
    : piece.kind === 'shape' && piece.shape !== '####';

const sideOf = (tokens: readonly TemplateToken[], context: TemplateContext): Side => {
  const pieces = tokens.map((token) => pieceOf(token, context));
  return { pieces, isTelling: pieces.some(isTelling) };
};

const isName = (token: TemplateToken): boolean => token.kind === 'variable' && token.name === 'lead.name';

/** The frame of a template; undefined when it does not show the source's name and so cannot grow. */
export const frameOf = ({ tokens }: Template, context: TemplateContext): Frame | undefined => {
  const first = tokens.findIndex(isName);
  if (first < 0) return undefined;
  const last = tokens.findLastIndex(isName);
  return { before: sideOf(tokens.slice(0, first), context), after: sideOf(tokens.slice(last + 1), context) };
};

const reverseText = (text: string): string => text.split('').reverse().join('');

const reversePiece = (piece: Piece): Piece => {
  if (piece.kind === 'text') return { kind: 'text', options: piece.options.map(reverseText) };
  return piece.kind === 'shape' ? { kind: 'shape', shape: reverseText(piece.shape) } : piece;
};

const reverseSide = ({ pieces, isTelling: telling }: Side): Side => ({
  pieces: pieces.toReversed().map(reversePiece),
  isTelling: telling,
});

const fits = (shape: string, text: string, at: number): boolean => {
  for (let index = 0; index < shape.length; index += 1) {
    const char = text[at + index];
    if (shape[index] === '#' ? !isDigit(char) : char !== shape[index]) return false;
  }
  return true;
};

/** Where a piece that starts at `at` can end. */
const endsOf = (piece: Piece, text: string, at: number): readonly number[] => {
  if (piece.kind === 'text') {
    return piece.options.filter((option) => text.startsWith(option, at)).map((option) => at + option.length);
  }
  if (piece.kind === 'shape') return fits(piece.shape, text, at) ? [at + piece.shape.length] : [];
  const ends: number[] = [];
  for (let end = at; end - at < NUMBER_MAX && (isDigit(text[end]) || (end > at && text[end] === '.')); end += 1) {
    if (isDigit(text[end])) ends.push(end + 1);
  }
  return ends;
};

/**
 * Length of the longest beginning of `text` that the side matches, 0 for none. All ways to match go on side by side,
 * so the work is bounded by pieces × length. Padding stands for the blanks that trimming takes off a name.
 */
const matched = (text: string, side: Side): number => {
  if (side.pieces.length === 0) return 0;
  const padded = PAD + text + PAD;
  let places = new Set(Array.from(PAD, (_, index) => index).concat(PAD.length));
  for (const piece of side.pieces) {
    const next = new Set<number>();
    for (const at of places) for (const end of endsOf(piece, padded, at)) next.add(end);
    places = next;
  }
  const furthest = Math.max(PAD.length, ...places);
  const length = Math.min(furthest - PAD.length, text.length);
  return text.slice(0, length).trim() === '' ? 0 : length;
};

const stripOnce = (text: string, before: Side, after: Side): string => {
  const head = matched(text, before);
  const tail = matched(reverseText(text), after);
  // Both sides together first: one of them alone may match across the other's border.
  if (head + tail <= text.length) return text.slice(head, text.length - tail).trim();
  return text.slice(head).trim();
};

/**
 * Take a frame off a name, as often as it is there: a copy of a copy must not be called `Copy: Copy: …`.
 *
 * @param isCopy  the name belongs to a copy, so that bare numbers around it may be taken for a counter or an id
 */
export const stripFrame = (name: string, frame: Frame, isCopy: boolean): string => {
  const use = (side: Side): Side => (side.isTelling || isCopy ? side : { pieces: [], isTelling: false });
  const before = use(frame.before);
  const after = reverseSide(use(frame.after));
  let text = name.trim();
  for (;;) {
    const rest = stripOnce(text, before, after);
    if (rest.length === text.length) return rest;
    text = rest;
  }
};
