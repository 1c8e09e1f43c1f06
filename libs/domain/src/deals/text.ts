/** Cut a text to at most `max` code points, never through a surrogate pair. */
export const cutText = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const points = [...text];
  return points.length <= max ? text : points.slice(0, Math.max(0, max)).join('');
};

/** Length in code points, the way amoCRM counts its limits. */
export const lengthOf = (text: string): number => [...text].length;

/** A text on one line: control characters become spaces. */
export const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ');

/** A short name for a long text, for lists and reports. */
export const excerpt = (text: string, max = 80): string => {
  const line = oneLine(text).trim();
  return lengthOf(line) <= max ? line : `${cutText(line, max - 1).trimEnd()}…`;
};
