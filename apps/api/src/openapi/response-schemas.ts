import type { OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';

type Json = Record<string, unknown>;

// References nest this deep at most; a cycle would be a mistake in a DTO.
const MAX_DEPTH = 20;

/**
 * Serialise every declared JSON answer by its schema in the API document: fast, and what is not declared never leaves.
 * Must be called before the routes are registered.
 */
export const serialiseByDocument = (fastify: FastifyInstance, document: OpenAPIObject): void => {
  const schemas = (document.components?.schemas ?? {}) as Json;
  fastify.addHook('onRoute', (route) => {
    const path = route.url.replace(/:(\w+)/g, '{$1}');
    const methods = [route.method].flat().map((method) => method.toLowerCase());
    const operation = methods.map((method) => (document.paths[path] as Json | undefined)?.[method]).find(Boolean) as
      Json | undefined;
    if (!operation) return;
    const response = responsesOf(operation, schemas);
    if (Object.keys(response).length > 0) route.schema = { ...route.schema, response };
  });
};

const responsesOf = (operation: Json, schemas: Json): Json =>
  Object.fromEntries(
    Object.entries(operation['responses'] as Json).flatMap(([status, answer]) => {
      const schema = ((answer as Json)['content'] as Record<string, Json> | undefined)?.['application/json']?.[
        'schema'
      ];
      return schema && status.startsWith('2') ? [[status, resolved(schema, schemas, 0)]] : [];
    }),
  );

const NOT_FOR_SERIALISING = new Set([
  'description',
  'example',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
]);

/** Replace references by what they refer to, and drop what a serialiser need not know. */
const resolved = (schema: unknown, schemas: Json, depth: number): unknown => {
  if (depth > MAX_DEPTH) throw new Error('A response schema refers to itself');
  if (Array.isArray(schema)) return schema.map((part) => resolved(part, schemas, depth + 1));
  if (typeof schema !== 'object' || schema === null) return schema;
  const reference = (schema as Json)['$ref'];
  if (typeof reference === 'string') return resolved(referred(reference, schemas), schemas, depth + 1);
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => !NOT_FOR_SERIALISING.has(key))
      .map(([key, part]) => [key, resolvedMember(key, part, schemas, depth)]),
  );
};

const resolvedMember = (key: string, part: unknown, schemas: Json, depth: number): unknown => {
  if (key === 'enum' || key === 'required') return part;
  // Below `properties` the keys are names of fields, whatever they are called.
  if (key !== 'properties') return resolved(part, schemas, depth + 1);
  return Object.fromEntries(
    Object.entries(part as Json).map(([name, field]) => [name, resolved(field, schemas, depth + 1)]),
  );
};

const referred = (reference: string, schemas: Json): unknown => {
  const schema = schemas[reference.replace('#/components/schemas/', '')];
  if (schema === undefined) throw new Error(`The API document refers to ${reference}, which it does not have`);
  return schema;
};
