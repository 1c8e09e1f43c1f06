/**
 * Who may import whom, and which packages a layer may know. Policies of `boundaries/dependencies`: what none allows
 * is refused, and the last one that matches decides. Imports inside one element (a context of a layer, one
 * technology, one app) are free.
 */

const SANDBOX = 'amocrm-sandbox';
const EDGES = ['api', 'worker', 'bot'];
const FRONTS = ['console', 'widget'];

const of = (...types) => types.map((type) => ({ element: { type } }));
const app = (...names) => ({ element: { type: 'app', captured: { app: names } } });
const context = (type, name) => ({ element: { type, captured: { context: name } } });
const technology = (name) => ({ element: { type: 'infrastructure', captured: { technology: name } } });
const kind = (type, ...categories) => ({ element: { type }, file: { categories: { anyOf: categories } } });
const packages = (...source) => ({ module: { origin: ['external', 'core'], ...(source.length > 0 && { source }) } });

const allow = (from, to, dependency) => ({ from, allow: { to, ...(dependency && { dependency }) } });
const refuse = (from, to, message) => ({ from, disallow: { to }, message });

/** Specs and what only they use. */
const TEST_CODE = [...of('testing', 'test'), { file: { categories: { anyOf: ['spec'] } } }];

const PACKAGES = [
  { to: packages(), allow: { to: packages() } },
  refuse(
    of('domain'),
    packages(),
    "the domain is plain TypeScript: it may not import the package '{{dependency.source}}'",
  ),
  refuse(of('application'), packages(), "the application layer may not import the package '{{dependency.source}}'"),
  allow(
    of('application'),
    packages(
      '@nestjs/cqrs',
      '@nestjs/common',
      'class-validator',
      'class-transformer',
      'node:crypto',
      'node:async_hooks',
    ),
  ),
  {
    to: packages('bullmq', '@nestjs/bullmq'),
    disallow: { to: packages('bullmq', '@nestjs/bullmq') },
    message: 'only infrastructure/queue and apps/worker know which queue is in use',
  },
  allow([technology('queue'), app('worker')], packages('bullmq', '@nestjs/bullmq')),
  // The start-up checks look through Nest's own container.
  allow([context('application', 'shared')], packages('@nestjs/core')),
  allow(TEST_CODE, packages()),
];

const LIBRARIES = [
  allow(of('domain'), context('domain', 'shared')),
  allow(of('application'), [...of('domain'), context('application', 'shared'), kind('application', 'public-index')]),
  allow(of('infrastructure'), [...of('domain'), technology('shared'), kind('application', 'port', 'job')]),
  // The shape a port answers with is part of the port; its class is not for adapters to use.
  allow(of('infrastructure'), kind('application', 'view'), { kind: 'type' }),
  allow(technology('config'), technology('crypto')),
  allow(of('infrastructure'), [technology('config'), context('application', 'shared')]),
  allow(technology('postgres'), of('migrations')),
  // Where the adapters of a process are chosen: everything comes together here.
  allow(technology('composition'), of('application', 'infrastructure')),
];

const APPS = [
  allow(app(...EDGES), [
    // Errors and ids; a context's own vocabulary comes through its index.
    context('domain', 'shared'),
    context('application', 'shared'),
    kind('application', 'public-index', 'message', 'view', 'errors', 'job'),
  ]),
  allow({ file: { categories: { anyOf: ['composition-root'] } } }, of('application', 'infrastructure')),
  allow(app('standalone'), [...of('infrastructure'), kind('app', 'root-module')]),
  allow(app(...FRONTS), of('api-client')),
];

const DEVELOPMENT = [
  allow(
    [...TEST_CODE, ...of('tools')],
    of('domain', 'application', 'infrastructure', 'api-client', 'testing', 'migrations'),
  ),
  refuse(
    app(SANDBOX),
    of('domain', 'application', 'infrastructure', 'api-client', 'testing', 'migrations', 'tools', 'test', 'app'),
    'the sandbox stands for amoCRM: it imports nothing of ours',
  ),
];

export const importTable = {
  default: 'disallow',
  checkAllOrigins: true,
  checkUnknownLocals: true,
  message:
    "'{{from.file.path}}' may not import '{{dependency.source}}': tools/lint/import-table.js has no way from {{from.element.types}} to it",
  policies: [...PACKAGES, ...LIBRARIES, ...APPS, ...DEVELOPMENT],
};
