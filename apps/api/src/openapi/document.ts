import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ANY_JSON } from '../shared/fields.js';
import { FieldIssueView, ProblemView } from '../shared/problem.view.js';
import { PUBLIC_PATHS } from './public-paths.js';

type Json = Record<string, unknown>;
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

interface Operation {
  summary?: string;
  responses: Record<string, unknown>;
  security?: object[];
  operationId?: string;
}

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemView' } } },
});

/** The API document of an assembled application: OpenAPI 3.1, with the answers that every route may give. */
export const documentOf = (app: INestApplication): OpenAPIObject => {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Sdelka')
    .setDescription('Back office around amoCRM / Kommo. Errors are RFC 9457 problems; switch on their `code`.')
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .addTag('identity', 'Sign-in, sessions, audit trail')
    .addTag('crm', 'The amoCRM connection, its directory and inbound hooks')
    .addTag('deals', 'Copying deals')
    .addTag('operations', 'Health and figures')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: [ProblemView, FieldIssueView],
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
  });
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = (item as Partial<Record<(typeof METHODS)[number], Operation>>)[method];
      if (operation) complete(operation, path);
    }
  }
  return asOpenApi31(document) as OpenAPIObject;
};

const complete = (operation: Operation, path: string): void => {
  const open = PUBLIC_PATHS.has(path);
  operation.security = open ? [] : [{ bearer: [] }];
  if (!open) {
    operation.responses['401'] ??= problem('No valid credential');
    operation.responses['403'] ??= problem('The permission is missing');
  }
  operation.responses['500'] ??= problem('Something went wrong on our side');
};

/** JSON Schema 2020-12 has no `nullable`: null is a type of its own. */
const asOpenApi31 = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(asOpenApi31);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, asOpenApi31(inner)]),
  ) as Json;
  if (rest[ANY_JSON] === true) return rest['description'] === undefined ? {} : { description: rest['description'] };
  return nullable === true ? withNull(rest) : rest;
};

const withNull = ({ type, allOf, $ref, ...rest }: Json): Json => {
  const reference = $ref ?? (Array.isArray(allOf) ? (allOf[0] as Json)['$ref'] : undefined);
  if (reference) return { anyOf: [{ $ref: reference }, { type: 'null' }], ...rest };
  const values = rest['enum'];
  return { ...rest, type: [type, 'null'], ...(Array.isArray(values) && { enum: [...(values as unknown[]), null] }) };
};
