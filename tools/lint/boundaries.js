import boundaries from 'eslint-plugin-boundaries';
import { houseRules } from './house-rules.js';
import { HTTP_EXCEPTIONS } from './http-exceptions.js';
import { importTable } from './import-table.js';
import { boundarySettings } from './layers.js';

const SPECS = ['**/*.spec.ts'];
const SOURCES = ['apps/**/*.ts', 'libs/**/*.ts', 'migrations/**/*.ts', 'test/**/*.ts', 'tools/**/*.ts'];

const layers = {
  name: 'house/layers',
  files: SOURCES,
  plugins: { boundaries },
  settings: boundarySettings,
  rules: {
    'boundaries/dependencies': ['error', importTable],
    'boundaries/no-unknown-files': 'error',
  },
};

const httpExceptions = {
  name: 'house/http-exceptions-at-the-http-edge',
  files: ['apps/**/*.ts', 'libs/**/*.ts'],
  ignores: [...SPECS, 'apps/api/**'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        paths: [
          {
            name: '@nestjs/common',
            importNames: HTTP_EXCEPTIONS,
            message: 'Only apps/api knows HTTP: throw an AppError of the right kind.',
          },
        ],
      },
    ],
  },
};

const environment = {
  name: 'house/environment-in-one-place',
  files: ['**/*.{ts,js,mjs,cjs}'],
  ignores: [
    ...SPECS,
    'libs/infrastructure/src/config/**',
    'libs/testing/**',
    'apps/amocrm-sandbox/src/main.ts',
    'test/**',
    'tools/**',
    'deploy/**',
  ],
  plugins: { house: houseRules },
  rules: { 'house/no-process-env': 'error' },
};

const clock = {
  name: 'house/clock-is-a-port',
  files: ['libs/domain/**/*.ts', 'libs/application/**/*.ts'],
  ignores: SPECS,
  plugins: { house: houseRules },
  rules: { 'house/no-ambient-clock': 'error' },
};

const barrels = {
  name: 'house/no-barrels',
  files: SOURCES,
  ignores: ['libs/application/src/*/index.ts'],
  plugins: { house: houseRules },
  rules: { 'house/no-barrel': 'error' },
};

const defaultExports = {
  name: 'house/no-default-exports',
  files: ['**/*.{ts,js,mjs}'],
  // Their tools load these by their default export.
  ignores: ['**/*.config.{js,mjs,ts}', '**/global-{setup,teardown}.ts', '**/log-reporter.ts'],
  rules: {
    'no-restricted-exports': [
      'error',
      {
        restrictDefaultExports: {
          direct: true,
          named: true,
          defaultFrom: true,
          namedFrom: true,
          namespaceFrom: true,
        },
      },
    ],
  },
};

/** The architecture as lint rules. None needs type information, so fixtures can be checked as text. */
export const architecture = [layers, httpExceptions, environment, clock, barrels, defaultExports];
