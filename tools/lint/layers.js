import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** A folder pattern that is anchored at the root of the repository. */
const element = (type, pattern, capture = []) => ({ type, pattern, capture, partialMatch: false });

/** What a file belongs to. A file under libs/<lib>/src that is in no folder belongs to nothing, and is reported. */
const ELEMENTS = [
  element('domain', 'libs/domain/src/*', ['context']),
  element('application', 'libs/application/src/*', ['context']),
  element('infrastructure', 'libs/infrastructure/src/*', ['technology']),
  element('api-client', 'libs/api-client'),
  element('testing', 'libs/testing'),
  element('app', 'apps/*', ['app']),
  element('migrations', 'migrations'),
  element('test', 'test'),
  element('tools', 'tools'),
  element('deploy', 'deploy'),
];

const category = (name, ...pattern) => ({ category: name, pattern });

/** What kind of file it is, whatever it belongs to. A file can be of several kinds. */
const FILES = [
  category('spec', '**/*.spec.ts', 'apps/*/test/**', 'apps/*/e2e/**'),
  category('composition-root', 'apps/{api,worker,bot}/src/main.ts', 'apps/{api,worker,bot}/src/**/*.module.ts'),
  category('root-module', 'apps/{api,worker,bot}/src/*.module.ts', 'apps/{api,worker}/src/bootstrap.ts'),
  category('public-index', 'libs/application/src/*/index.ts'),
  category('message', 'libs/application/src/**/*.{command,query}.ts'),
  category('view', 'libs/application/src/**/*.view.ts'),
  category('errors', 'libs/application/src/**/*.errors.ts'),
  category('job', 'libs/application/src/*/jobs/**', 'libs/application/src/**/*.job.ts'),
  category('port', 'libs/application/src/*/ports/**'),
  // What an adapter needs to know to stand behind a port: who is asking, and how pages are cut.
  category('port', 'libs/application/src/shared/context/**', 'libs/application/src/shared/paging.ts'),
];

/** Settings of eslint-plugin-boundaries: how files and imports are classified. */
export const boundarySettings = {
  'boundaries/root-path': ROOT,
  'boundaries/legacy-templates': false,
  'boundaries/elements': ELEMENTS,
  'boundaries/files': FILES,
  'boundaries/dependency-nodes': ['import', 'export', 'dynamic-import', 'require'],
  'boundaries/additional-dependency-nodes': [
    { name: 'import-type', kind: 'type', selector: 'TSImportType > Literal' },
    { name: 'import-equals', kind: 'value', selector: 'TSExternalModuleReference > Literal' },
  ],
  'import/resolver': { [path.join(import.meta.dirname, 'resolver.cjs')]: {} },
};
