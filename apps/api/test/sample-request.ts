import type { OpenAPIObject } from '@nestjs/swagger';

type Json = Readonly<Record<string, unknown>>;

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** An operation as the API document tells of it. */
export interface SampleOperation {
  /** `POST /api/v1/deals/copies` */
  readonly name: string;
  readonly method: (typeof METHODS)[number];
  readonly path: string;
  /** The least that its query needs, with its question mark; empty where nothing is required. */
  readonly query: string;
  /** The least body that its schema takes. */
  readonly payload: object | undefined;
  /** Members that its body may have. */
  readonly fields: readonly string[];
  /** Names that its query may have. */
  readonly parameters: readonly string[];
}

/** Every operation of the document, with a body made of its schema: so that routes of tomorrow are met, too. */
export const sampleOperations = (document: OpenAPIObject): readonly SampleOperation[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = (item as Json)[method.toLowerCase()] as Json | undefined;
      if (!operation) return [];
      const query = queryOf(operation, document);
      const payload = payloadOf(operation, document);
      const [fields, parameters] = [fieldsOf(operation, document), parametersOf(operation)];
      return [{ name: `${method} ${path}`, method, path, query, payload, fields, parameters }];
    }),
  );

const queryOf = ({ parameters = [] }: Json, document: OpenAPIObject): string => {
  const required = (parameters as Json[]).filter((parameter) => parameter['in'] === 'query' && parameter['required']);
  const values = required.map(({ name, schema }): [string, string] => [
    String(name),
    String(sampleOf(schema as Json, document)),
  ]);
  return values.length === 0 ? '' : `?${new URLSearchParams(values).toString()}`;
};

const parametersOf = ({ parameters = [] }: Json): readonly string[] =>
  (parameters as Json[]).filter((parameter) => parameter['in'] === 'query').map(({ name }) => String(name));

const bodySchema = ({ requestBody }: Json): Json | undefined => {
  const content = (requestBody as Json | undefined)?.['content'] as Record<string, Json> | undefined;
  return content?.['application/json']?.['schema'] as Json | undefined;
};

const payloadOf = (operation: Json, document: OpenAPIObject): object | undefined => {
  const schema = bodySchema(operation);
  return schema ? (sampleOf(schema, document) as object) : undefined;
};

const fieldsOf = (operation: Json, document: OpenAPIObject): readonly string[] => {
  const schema = bodySchema(operation);
  const reference = schema?.['$ref'];
  const { properties } = typeof reference === 'string' ? referred(reference, document) : (schema ?? {});
  return Object.keys((properties ?? {}) as Json);
};

const sampleOf = (schema: Json, document: OpenAPIObject): unknown => {
  const reference = schema['$ref'] ?? (schema['allOf'] as Json[] | undefined)?.[0]?.['$ref'];
  if (typeof reference === 'string') return sampleOf(referred(reference, document), document);
  const [choice] = (schema['anyOf'] ?? schema['oneOf'] ?? []) as Json[];
  if (choice) return sampleOf(choice, document);
  if (schema['example'] !== undefined) return schema['example'];
  const [value] = (schema['enum'] ?? []) as unknown[];
  if (value !== undefined) return value;
  switch ([schema['type']].flat()[0]) {
    case 'object':
      return objectOf(schema, document);
    case 'array':
      return Array.from({ length: Number(schema['minItems'] ?? 0) }, () => sampleOf(schema['items'] as Json, document));
    case 'integer':
    case 'number':
      return Math.max(1, Number(schema['minimum'] ?? 1));
    case 'boolean':
      return true;
    default:
      return textOf(schema);
  }
};

const objectOf = ({ properties = {}, required = [] }: Json, document: OpenAPIObject): object =>
  Object.fromEntries(
    (required as string[]).map((name) => [name, sampleOf((properties as Record<string, Json>)[name] ?? {}, document)]),
  );

const textOf = ({ format, minLength }: Json): string => {
  if (format === 'uuid') return '01890000-0000-7000-8000-000000000000';
  if (format === 'date-time') return '2020-01-01T00:00:00Z';
  return 'x'.repeat(Math.max(1, Number(minLength ?? 1)));
};

const referred = (reference: string, document: OpenAPIObject): Json =>
  (document.components?.schemas?.[reference.replace('#/components/schemas/', '')] ?? {}) as Json;
