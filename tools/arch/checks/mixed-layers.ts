import ts from 'typescript';
import type { SourceFile } from '../repository.js';
import { baseOf, decoratorsOf, nodesOf, parse, placeOf } from './syntax.js';

/** Where the classes of each kind live. A kind is known by a decorator (`@…`) or by what the class extends. */
const HOMES: Readonly<Record<string, string>> = {
  '@Controller': 'apps/api/src/',
  '@Catch': 'apps/api/src/',
  '@Processor': 'apps/worker/src/',
  JobConsumer: 'apps/worker/src/',
  '@CommandHandler': 'libs/application/src/',
  '@QueryHandler': 'libs/application/src/',
  Command: 'libs/application/src/',
  Query: 'libs/application/src/',
  '@Entity': 'libs/infrastructure/src/',
  AggregateRoot: 'libs/domain/src/',
};

interface Mark {
  readonly kind: string;
  readonly place: string;
}

const marksOf = (file: SourceFile): readonly Mark[] =>
  nodesOf(parse(file), ts.isClassDeclaration).flatMap((declaration) =>
    [...decoratorsOf(declaration).map(({ name }) => `@${name}`), baseOf(declaration) ?? '']
      .filter((kind) => Object.hasOwn(HOMES, kind))
      .map((kind) => ({ kind, place: placeOf(declaration) })),
  );

/**
 * Classes that live in another layer than their kind does. As every kind has one home, a file that holds classes
 * of two layers has at least one stranger.
 */
export const findMixedLayers = (files: readonly SourceFile[]): readonly string[] =>
  files.flatMap((file) =>
    marksOf(file).flatMap(({ kind, place }) => {
      const home = HOMES[kind] ?? '';
      return file.path.startsWith(home) ? [] : [`${place} ${kind} belongs in ${home}`];
    }),
  );
