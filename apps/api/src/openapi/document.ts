import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ANY_JSON } from '../shared/fields.js';
import { FieldIssueView, ProblemView } from '../shared/problem.view.js';
import type { ErrorSpec } from '#domain/shared/app-error.js';
import { PROBLEMS } from '../shared/problems.js';
import { type DocumentedOperation, problemsOf } from './problems-of.js';
import { PUBLIC_PATHS, SESSION_PATHS } from './public-paths.js';

type Json = Record<string, unknown>;
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

interface Answer {
  readonly description: string;
  readonly content: Readonly<Record<string, unknown>>;
}

interface Operation extends DocumentedOperation {
  responses: Record<string, Answer>;
  security?: object[];
  [PROBLEMS]?: readonly ErrorSpec[];
}

/** The API document of an assembled application: OpenAPI 3.1, with the answers that every route may give. */
export const documentOf = (app: INestApplication): OpenAPIObject => {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Sdelka')
    .setDescription('Back office around amoCRM / Kommo. Errors are RFC 9457 problems; switch on their `code`.')
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .addApiKey(
      {
        type: 'apiKey',
        in: 'header',
        name: 'X-Auth-Token',
        description:
          "amoCRM's one-time token of the user at the screen, as `$authorizedAjax` sends it. Good for one write without an `Idempotency-Key`.",
      },
      'widget',
    )
    .addApiKey(
      {
        type: 'apiKey',
        in: 'header',
        name: 'X-Api-Key',
        description: 'An API key of the workspace, `sdk_…`. Comes without any other credential.',
      },
      'key',
    )
    .addTag('identity', 'Sign-in, sessions, API keys, roles, audit trail')
    .addTag('crm', 'The amoCRM connection, its directory and inbound hooks')
    .addTag('deals', 'Copying deals')
    .addTag('clients', 'People and companies, what is written about them, dictionaries')
    .addTag('analytics', 'Figures')
    .addTag('operations', 'Health and figures')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: [ProblemView, FieldIssueView],
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
  });
  const codes = new Set<string>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = (item as Partial<Record<(typeof METHODS)[number], Operation>>)[method];
      if (operation) for (const code of complete(operation, path, method)) codes.add(code);
    }
  }
  nameCodes(document, codes);
  return asOpenApi31(document) as OpenAPIObject;
};

/** Which credentials a path takes, any one of them. */
const credentialsOf = (path: string): object[] => {
  if (PUBLIC_PATHS.has(path)) return [];
  return SESSION_PATHS.has(path) ? [{ bearer: [] }] : [{ bearer: [] }, { widget: [] }, { key: [] }];
};

/** Say who may call an operation and what it may answer. @returns the codes of its problems */
const complete = (operation: Operation, path: string, method: string): readonly string[] => {
  operation.security = credentialsOf(path);
  const problems = problemsOf(path, method, operation);
  delete operation[PROBLEMS];
  for (const [status, errors] of problems) {
    const said = operation.responses[status];
    const { description, content } = problem(errors);
    operation.responses[status] = said
      ? { ...said, content: { ...said.content, ...content }, description: `${said.description}\n\n${description}` }
      : { description, content };
  }
  return [...problems.values()].flat().map(({ code }) => code);
};

const problem = (errors: readonly ErrorSpec[]): Answer => ({
  description: errors.map(({ code, title }) => `\`${code}\`: ${title}.`).join('\n\n'),
  content: {
    'application/problem+json': {
      schema: {
        allOf: [
          { $ref: '#/components/schemas/ProblemView' },
          { properties: { code: { enum: errors.map(({ code }) => code) } } },
        ],
      },
    },
  },
});

/** The codes are known only when every route has said its own. */
const nameCodes = (document: OpenAPIObject, codes: ReadonlySet<string>): void => {
  const { properties } = document.components?.schemas?.['ProblemView'] as { properties: { code: { enum?: string[] } } };
  properties.code.enum = [...codes].sort();
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
