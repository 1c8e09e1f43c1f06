import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as nest from '@nestjs/common';
import { ESLint, type Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { readFixtures } from './fixtures.js';
import { loadScript, ROOT } from './repository.js';

const fixtures = readFixtures('lint');
const rules = new Set(fixtures.map(({ expected }) => expected).filter((expected) => expected !== 'ok'));

/** The architecture rules alone, with a parser that needs no program: a text is checked in milliseconds. */
const makeLinter = async (): Promise<ESLint> => {
  const { architecture } = await loadScript<{ architecture: Linter.Config[] }>('tools/lint/boundaries.js');
  const parser = { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser as Linter.Parser } };
  return new ESLint({ cwd: ROOT, overrideConfigFile: true, overrideConfig: [parser, ...architecture] });
};

describe('the architecture as lint rules', () => {
  let linter: ESLint;

  const reported = async (text: string, path: string): Promise<string[]> => {
    const [result] = await linter.lintText(text, { filePath: join(ROOT, path) });
    return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
  };

  beforeAll(async () => {
    linter = await makeLinter();
  });

  it.each(fixtures)('$from $path is $expected', async ({ path, text, expected }) => {
    const found = new Set(await reported(text, path));
    expect([...found]).toEqual(expected === 'ok' ? [] : [expected]);
  });

  it('has a fixture for every rule that is switched on', async () => {
    const { architecture } = await loadScript<{ architecture: Linter.Config[] }>('tools/lint/boundaries.js');
    const switchedOn = architecture.flatMap((config) => Object.keys(config.rules ?? {}));
    expect([...rules].sort()).toEqual([...new Set(switchedOn)].sort());
  });

  it('knows every HTTP exception of the installed Nest', async () => {
    const { HTTP_EXCEPTIONS } = await loadScript<{ HTTP_EXCEPTIONS: string[] }>('tools/lint/http-exceptions.js');
    const exceptions = Object.entries(nest).filter(
      ([, value]) =>
        value === nest.HttpException || (typeof value === 'function' && value.prototype instanceof nest.HttpException),
    );
    expect(exceptions.map(([name]) => name).sort()).toEqual([...HTTP_EXCEPTIONS].sort());
  });

  it('reads the aliases that package.json declares', async () => {
    const { imports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      imports: Record<string, unknown>;
    };
    const resolver = await loadScript<{ default: { ALIASES: Record<string, string> } }>('tools/lint/resolver.cjs');
    expect(
      Object.keys(resolver.default.ALIASES)
        .map((alias) => `${alias}*`)
        .sort(),
    ).toEqual(Object.keys(imports).sort());
  });
});
