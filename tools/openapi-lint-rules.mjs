/** House rules for an OpenAPI document: what the schema allows and our clients and readers cannot use. */

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isFilled = (value) => typeof value === 'string' && value.trim() !== '';

const decode = (part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');

/** What `#/a/b` points to in the document; undefined when there is nothing, or it points outside. */
const follow = (document, ref) => {
  if (!isFilled(ref) || !ref.startsWith('#/')) return undefined;
  return ref
    .slice(2)
    .split('/')
    .map(decode)
    .reduce(
      (node, key) => (node !== null && typeof node === 'object' && Object.hasOwn(node, key) ? node[key] : undefined),
      document,
    );
};

/** The object itself, or what its $ref leads to; a chain that bites its tail leads nowhere. */
const deref = (document, node, seen = new Set()) => {
  if (!isMap(node) || !('$ref' in node)) return node;
  if (seen.has(node.$ref)) return undefined;
  return deref(document, follow(document, node.$ref), seen.add(node.$ref));
};

const brokenRefs = (document) => {
  const found = new Set();
  const visit = (node) => {
    if (node === null || typeof node !== 'object') return;
    if (isFilled(node.$ref) && follow(document, node.$ref) === undefined) found.add(node.$ref);
    Object.values(node).forEach(visit);
  };
  visit(document);
  return [...found].map((ref) => `$ref '${ref}' leads nowhere`);
};

const mediaFaults = (what, content) =>
  Object.entries(content ?? {})
    .filter(([, media]) => !isMap(media?.schema) || Object.keys(media.schema).length === 0)
    .map(([type]) => `${what} has no schema for ${type}`);

const responseFaults = (document, operation) => {
  const responses = Object.entries(operation.responses ?? {});
  const codes = responses.map(([code]) => code);
  const isOpen =
    Array.isArray(operation.security ?? document.security) && (operation.security ?? document.security).length === 0;
  return [
    ...(codes.some((code) => /^2(\d\d|XX)$/.test(code)) ? [] : ['has no 2xx response']),
    ...(isOpen || codes.includes('401') ? [] : ['has no 401 response, and is not open by `security: []`']),
    ...responses.flatMap(([code, response]) => mediaFaults(`response ${code}`, deref(document, response)?.content)),
  ];
};

const parameterFaults = (document, path, item, operation) => {
  const declared = [...(item.parameters ?? []), ...(operation.parameters ?? [])]
    .map((parameter) => deref(document, parameter))
    .filter((parameter) => parameter?.in === 'path');
  const inPath = new Set([...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name));
  const names = new Set(declared.map(({ name }) => name));
  return [
    ...[...inPath].filter((name) => !names.has(name)).map((name) => `does not declare the path parameter '${name}'`),
    ...[...names].filter((name) => !inPath.has(name)).map((name) => `declares '${name}', which is not in the path`),
    ...declared
      .filter(({ required }) => required !== true)
      .map(({ name }) => `path parameter '${name}' is not required`),
  ];
};

const operationsOf = (document) =>
  Object.entries(document.paths ?? {}).flatMap(([path, reference]) => {
    const item = deref(document, reference) ?? {};
    return METHODS.filter((method) => isMap(item[method])).map((method) => {
      return { path, item, operation: item[method], title: `${method.toUpperCase()} ${path}` };
    });
  });

const operationFaults = (document, { path, item, operation }) => [
  ...(isFilled(operation.operationId) ? [] : ['has no operationId']),
  ...(isFilled(operation.summary) ? [] : ['has no summary']),
  ...(Array.isArray(operation.tags) && operation.tags.some(isFilled) ? [] : ['has no tags']),
  ...responseFaults(document, operation),
  ...mediaFaults('request body', deref(document, operation.requestBody)?.content),
  ...parameterFaults(document, path, item, operation),
];

const doubledIds = (operations) => {
  const byId = new Map();
  for (const { operation, title } of operations) {
    if (!isFilled(operation.operationId)) continue;
    byId.set(operation.operationId, [...(byId.get(operation.operationId) ?? []), title]);
  }
  return [...byId]
    .filter(([, titles]) => titles.length > 1)
    .map(([id, titles]) => `operationId '${id}' is used by ${titles.join(' and ')}`);
};

/** @returns one sentence per fault */
export const findHouseFaults = (document) => {
  const operations = operationsOf(document);
  return [
    ...(operations.length > 0 ? [] : ['has no operations']),
    ...operations.flatMap((one) => operationFaults(document, one).map((fault) => `${one.title} ${fault}`)),
    ...doubledIds(operations),
    ...brokenRefs(document),
  ];
};
