/** Ids of ours for rows of the seed, in the order of its numbers: so that paths can name them, and newest is first. */
const id = (kind: number) => (n: number) => `00000000-0000-7000-8000-${kind}${String(n).padStart(11, '0')}`;

export const WORKSPACE_ID = id(4)(1);
export const clientId = id(1);
export const userId = id(3);

/** The same in SQL: the id of the row whose number is `column`. */
export const commentIdSql = (column: string): string => idSql(2, column);
export const clientIdSql = (column: string): string => idSql(1, column);
export const userIdSql = (column: string): string => idSql(3, column);

const idSql = (kind: number, column: string): string =>
  `('00000000-0000-7000-8000-${kind}' || lpad(${column}::text, 11, '0'))::uuid`;
