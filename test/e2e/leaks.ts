import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Product } from '#testing/product/product.js';

const JWT = /eyJ[\w-]{10,}\.[\w-]+\.[\w-]+/g;
const REFRESH = /"def50200[\da-f]{40,}"|"refresh(?:_?token|Token)?":"([^"]{20,})"/g;

/**
 * Secrets in the logs of the product's own processes, each with the name of the log: settings, tokens of our users,
 * tokens of amoCRM (taken from the sandbox's own records), and anything that looks like a signed token.
 */
export const findLeaks = (product: Product): readonly string[] => {
  const logs = product.logs().filter(({ name }) => name !== 'sandbox.log');
  if (logs.every(({ text }) => text === '')) throw new Error('There are no logs to look into');
  const secrets = new Map<string, string>([...Object.entries(product.secrets), ...tokensOf(product)]);
  return logs.flatMap(({ name, text }) => [
    ...[...secrets].filter(([, value]) => text.includes(value)).map(([what]) => `${what} in ${name}`),
    ...(text.match(JWT) ?? []).map((token) => `a signed token in ${name}: ${token.slice(0, 12)}…`),
  ]);
};

const tokensOf = (product: Product): readonly (readonly [string, string])[] => {
  const { tokens } = product.api;
  const own = tokens
    ? [['access token', tokens.accessToken] as const, ['refresh token', tokens.refreshToken] as const]
    : [];
  const folder = join(product.folder, 'sandbox');
  const journals = readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  const amo = [
    ...(journals.match(JWT) ?? []),
    ...[...journals.matchAll(REFRESH)].map(([whole, inner]) => inner ?? whole.slice(1, -1)),
  ];
  return [...own, ...amo.map((token, index) => [`amoCRM token ${index}`, token] as const)];
};
