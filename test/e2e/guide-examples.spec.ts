import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { differences, type Variables } from '#testing/guides/answer-pattern.js';
import { executedCode, type GuideExample, guideExamples, requestOf } from '#testing/guides/guide-examples.js';
import { send } from '#testing/product/http-answer.js';
import { modeFromEnvironment, Product } from '#testing/product/product.js';

// dist/test/e2e → the pages as they are written.
const DOCS = join(dirname(fileURLToPath(import.meta.url)), '../../../docs');
const pageOf = (name: string): string => readFileSync(join(DOCS, name), 'utf8');
/** In the order in which a reader takes them: what one names the next ones use. */
const PAGES = ['api.md', 'guide/access.md', 'guide/clients.md', 'deals.md'];
const TRANSLATED = ['guide/access', 'guide/clients', 'deals'];
const STEP_SECONDS = 30;

let product: Product;
const variables: Variables = new Map();
beforeAll(async () => {
  product = await Product.start({ mode: modeFromEnvironment(), name: 'guide-examples' });
  const { pipelines, users } = await product.api.directory();
  const { id: pipeline, stages } = pipelines[0]!;
  const known = {
    URL: product.api.baseUrl,
    EMAIL: product.administrator.email,
    PASSWORD: product.administrator.password,
    PIPELINE: pipeline,
    STAGE: stages.find(({ kind }) => kind === 'working')!.id,
    USER: users.find(({ isActive }) => isActive)!.id,
  };
  for (const [name, value] of Object.entries(known)) variables.set(name, String(value));
});
afterAll(() => product?.stop());

/** What the app of the second factor shows, and what it shows next. */
const codeOf = (stepsAhead: number): string | undefined => {
  const secret = variables.get('SECRET');
  const timestamp = Date.now() + stepsAhead * STEP_SECONDS * 1_000;
  return secret && TOTP.generate({ secret: Secret.fromBase32(secret), timestamp });
};
const valueOf = (name: string): string | undefined =>
  name === 'CODE' ? codeOf(0) : name === 'NEXT_CODE' ? codeOf(1) : variables.get(name);

const faultsOf = async (page: string, example: GuideExample): Promise<readonly string[]> => {
  const { url, ...call } = requestOf(example, valueOf);
  const { status, headers, body } = await send(url, call);
  const { expected } = example;
  const place = `${page}:${example.line}`;
  if (status !== expected.status)
    return [`${place}: ${expected.status} was expected, ${status} came: ${JSON.stringify(body)}`];
  return [
    ...(expected.body === undefined ? [] : differences(expected.body, body, variables)),
    ...Object.entries(expected.headers).flatMap(([name, value]) =>
      differences(value, headers.get(name), variables, name),
    ),
  ].map((fault) => `${place}: ${fault}`);
};

describe('the examples of the guides', () => {
  it.each(PAGES)('of %s answer as the page says, one after the other', async (page) => {
    const examples = guideExamples(pageOf(page));
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(await faultsOf(page, example)).toEqual([]);
  });

  it.each(TRANSLATED)('are the same in both languages: %s', (page) => {
    expect(executedCode(pageOf(`${page}.ru.md`))).toEqual(executedCode(pageOf(`${page}.md`)));
  });
});
