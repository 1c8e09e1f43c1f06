import type { Product } from '#testing/product/product.js';

interface DocumentedAnswer {
  readonly content?: Readonly<Record<string, { readonly schema?: { readonly allOf?: readonly object[] } }>>;
}

interface Document {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly responses: Readonly<Record<string, DocumentedAnswer>>;
            readonly parameters?: readonly { readonly in: string; readonly name: string }[];
            readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
            readonly security: readonly unknown[];
          }
        >
      >
    >
  >;
  readonly components: { readonly schemas: { readonly ProblemView: { readonly properties: { code: Codes } } } };
}

interface Codes {
  readonly enum: readonly string[];
}

/** One operation of the API as its document tells of it. */
export interface DocumentedOperation {
  /** `POST /api/v1/deals/copies` */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly needsCredential: boolean;
  /** Takes a JSON body and nothing else. */
  readonly takesJson: boolean;
  readonly hasId: boolean;
  readonly takesLimit: boolean;
  readonly isRepeatable: boolean;
  /** Its problems as `status code`. */
  readonly problems: readonly string[];
}

export interface DocumentedApi {
  readonly operations: readonly DocumentedOperation[];
  /** Every code that a problem can have. */
  readonly codes: readonly string[];
}

/** The API document of a running product, read for what it promises. */
export const documentedApi = async (product: Product): Promise<DocumentedApi> => {
  const { paths, components } = await product.api.ok<Document>('GET', '/api/openapi.json');
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { responses, parameters = [], requestBody, security }]) => {
      const types = Object.keys(requestBody?.content ?? {});
      return {
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        needsCredential: security.length > 0,
        takesJson: types.length === 1 && types[0] === 'application/json',
        hasId: parameters.some(({ in: place, name }) => place === 'path' && name === 'id'),
        takesLimit: parameters.some(({ name }) => name === 'limit'),
        isRepeatable: parameters.some(({ name }) => name === 'Idempotency-Key'),
        problems: Object.entries(responses).flatMap(([status, answer]) =>
          codesOf(answer).map((code) => `${status} ${code}`),
        ),
      };
    }),
  );
  return { operations, codes: components.schemas.ProblemView.properties.code.enum };
};

const codesOf = ({ content }: DocumentedAnswer): readonly string[] => {
  const parts = content?.['application/problem+json']?.schema?.allOf ?? [];
  return parts.flatMap((part) => (part as { properties?: { code: Codes } }).properties?.code.enum ?? []);
};
