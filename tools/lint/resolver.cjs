'use strict';

const { isBuiltin } = require('node:module');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '../..');

/** The aliases of package.json "imports", by the source folder each stands for. */
const ALIASES = {
  '#domain/': 'libs/domain/src/',
  '#application/': 'libs/application/src/',
  '#infrastructure/': 'libs/infrastructure/src/',
  '#testing/': 'libs/testing/src/',
  '#migrations/': 'migrations/',
};

const toSource = (file) => file.replace(/\.js$/, '.ts').replace(/\.mjs$/, '.mts');

/**
 * Where an import leads, from its spelling alone: what is imported need not exist yet, so a boundary is judged
 * the same in a half-written tree. A `.js` import means the `.ts` source beside it; a package is not looked up.
 */
const resolve = (source, importer) => {
  if (isBuiltin(source)) return { found: true, path: null };
  if (/^\.\.?(\/|$)/.test(source)) return { found: true, path: toSource(path.resolve(path.dirname(importer), source)) };
  const alias = Object.keys(ALIASES).find((prefix) => source.startsWith(prefix));
  if (alias) return { found: true, path: toSource(path.join(ROOT, ALIASES[alias], source.slice(alias.length))) };
  // An alias that package.json does not have: a local path in no layer, which the default of the table refuses.
  if (source.startsWith('#')) return { found: true, path: path.join(ROOT, 'no-such-alias', source.slice(1)) };
  return { found: true, path: path.join(ROOT, 'node_modules', source) };
};

module.exports = { interfaceVersion: 2, resolve, ALIASES };
