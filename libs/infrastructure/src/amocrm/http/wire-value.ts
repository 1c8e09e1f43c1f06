/** amoCRM's loosely typed JSON, read without trust: whatever is not of the wanted type counts as absent. */
export type WireRecord = Readonly<Record<string, unknown>>;

export const recordOf = (value: unknown): WireRecord | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as WireRecord) : undefined;

/** The records of a list; anything else is left out. */
export const recordsOf = (value: unknown): WireRecord[] =>
  Array.isArray(value) ? value.filter((entry): entry is WireRecord => recordOf(entry) !== undefined) : [];

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A finite number; amoCRM writes some of them as text. */
export const numberOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

/** A positive whole number, amoCRM's form of an id. */
export const idOf = (value: unknown): number | undefined => {
  const number = numberOf(value);
  return number !== undefined && Number.isSafeInteger(number) && number > 0 ? number : undefined;
};

/** Unix seconds as an instant; zero and null are amoCRM's "never". */
export const instantOf = (value: unknown): Date | undefined => {
  const seconds = numberOf(value);
  return seconds === undefined || seconds <= 0 ? undefined : new Date(seconds * 1_000);
};

/** An instant as amoCRM takes it: whole Unix seconds. */
export const toSeconds = (instant: Date): number => Math.floor(instant.getTime() / 1_000);

/** Members of a HAL list: `_embedded.<name>`; amoCRM's empty lists are 204, null here. */
export const embedded = (body: unknown, name: string): WireRecord[] =>
  recordsOf(recordOf(recordOf(body)?._embedded)?.[name]);

/** True when the page claims a successor. amoCRM does so on some last pages too: never rely on it alone. */
export const claimsNext = (body: unknown): boolean => recordOf(recordOf(body)?._links)?.next !== undefined;
