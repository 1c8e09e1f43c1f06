import ts from 'typescript';
import type { SourceFile } from '../repository.js';
import { baseOf, decoratorsOf, nodesOf, parse, placeOf } from './syntax.js';

const MESSAGE_FILE = /\.(command|query)\.ts$/;
const MESSAGE_BASES = new Set(['Command', 'Query']);

/**
 * Commands and queries that do not say who may send them, message files without a message, and messages in files
 * of another name.
 */
export const findUnguardedMessages = (files: readonly SourceFile[]): readonly string[] =>
  files.flatMap((file) => {
    const messages = nodesOf(parse(file), ts.isClassDeclaration).filter((node) =>
      MESSAGE_BASES.has(baseOf(node) ?? ''),
    );
    if (!MESSAGE_FILE.test(file.path)) {
      return messages.map((node) => `${placeOf(node)} ${node.name?.text} belongs in a .command.ts or .query.ts file`);
    }
    if (messages.length === 0) return [`${file.path} declares no Command or Query`];
    return messages
      .filter((node) => !decoratorsOf(node).some(({ name, args }) => name === 'Permission' && args.length > 0))
      .map((node) => `${placeOf(node)} ${node.name?.text} carries no @Permission(…)`);
  });
