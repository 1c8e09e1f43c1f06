import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { builtinRules } from 'eslint/use-at-your-own-risk';
import { ROOT } from './layers.js';

const SPECS = ['**/*.spec.ts', 'libs/testing/**', 'test/**', 'apps/*/test/**'];
/** Their own tool chains compile them. */
const FRONTS = ['apps/console/**', 'apps/widget/**'];

const NODE_GLOBALS = Object.fromEntries(
  [
    'AbortController',
    'AbortSignal',
    'Buffer',
    'URL',
    'console',
    'fetch',
    'process',
    'setTimeout',
    'clearTimeout',
    'structuredClone',
  ].map((name) => [name, 'readonly']),
);

/** A second copy of max-lines under our name: the same rule, but one severity for "look again", one for "too long". */
const lengths = { rules: { 'long-file': builtinRules.get('max-lines') } };

const everywhere = {
  name: 'house/every-file',
  plugins: { lengths },
  // A rule is switched off for a folder here, with its reason, or not at all.
  linterOptions: { noInlineConfig: true },
  rules: {
    'lengths/long-file': ['warn', { max: 300 }],
    'max-lines': ['error', { max: 400 }],
    'max-lines-per-function': ['error', { max: 60 }],
    'no-console': 'error',
    eqeqeq: 'error',
  },
};

const typescript = {
  name: 'house/typescript',
  files: ['**/*.ts'],
  ignores: FRONTS,
  extends: [tseslint.configs.recommended],
  languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: ROOT } },
  rules: {
    '@typescript-eslint/no-explicit-any': 'error',
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/no-misused-promises': 'error',
    '@typescript-eslint/prefer-readonly': 'error',
    // A `default` handles all that is left; without one a new member of the union must be handled here.
    '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    '@typescript-eslint/no-unused-vars': [
      'error',
      { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all', ignoreRestSiblings: true },
    ],
    // Nest reads the types of constructor parameters at run time: an injected class imported as a type is lost.
    '@typescript-eslint/consistent-type-imports': 'off',
  },
};

const fronts = {
  name: 'house/front-ends',
  files: FRONTS.map((folder) => `${folder}/*.ts`),
  extends: [tseslint.configs.recommended],
};

const scripts = {
  name: 'house/scripts',
  files: ['**/*.{js,mjs,cjs}'],
  languageOptions: { globals: NODE_GLOBALS },
};

const commonJs = {
  name: 'house/commonjs-scripts',
  files: ['**/*.cjs'],
  languageOptions: { globals: { module: 'writable', require: 'readonly', __dirname: 'readonly' } },
};

const exemptions = [
  // A describe block is one function, however many tests it holds.
  { name: 'house/specs', files: SPECS, rules: { 'max-lines-per-function': 'off' } },
  {
    name: 'house/speaks-to-a-terminal',
    files: ['tools/**', 'deploy/**', 'apps/*/src/main.ts'],
    rules: { 'no-console': 'off' },
  },
];

/** Everything that is not architecture: correctness with type information, size, names left unused. */
export const codeStyle = defineConfig(
  js.configs.recommended,
  everywhere,
  scripts,
  commonJs,
  typescript,
  fronts,
  exemptions,
);
