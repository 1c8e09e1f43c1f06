export type QueryScalar = string | number | boolean;
export type QueryValue = QueryScalar | readonly QueryValue[] | { readonly [key: string]: QueryValue | undefined };
export type Query = Readonly<Record<string, QueryValue | undefined>>;

/**
 * Write a query the way PHP reads it: `filter[id][]=1&filter[id][]=2`, `order[id]=desc`. Brackets stay unescaped, which
 * amoCRM accepts and which keeps long lists of ids short; everything else is percent-encoded. Undefined is left out.
 */
export const phpQuery = (query: Query): string =>
  Object.entries(query)
    .flatMap(([key, value]) => pairs(encodeURIComponent(key), value))
    .join('&');

const pairs = (key: string, value: QueryValue | undefined): string[] => {
  if (value === undefined) return [];
  if (isList(value)) return value.flatMap((entry, index) => pairs(`${key}[${isScalar(entry) ? '' : index}]`, entry));
  if (isScalar(value)) return [`${key}=${encodeURIComponent(value)}`];
  return Object.entries(value).flatMap(([name, entry]) => pairs(`${key}[${encodeURIComponent(name)}]`, entry));
};

const isScalar = (value: QueryValue): value is QueryScalar => typeof value !== 'object';
const isList = (value: QueryValue): value is readonly QueryValue[] => Array.isArray(value);
