import { posix } from 'node:path';
import ts from 'typescript';
import type { SourceFile } from '../repository.js';
import { type DecoratorUse, decoratorsOf, importsOf, nodesOf, parse, placeOf } from './syntax.js';

const INPUTS = new Set(['Body', 'Query', 'Param']);

/** `ParseUUIDPipe`, `new ParseIntPipe({…})`, `amoIdPipe()`: whatever is called a pipe. */
const isPipe = (expression: ts.Expression): boolean => {
  const named = ts.isNewExpression(expression) || ts.isCallExpression(expression) ? expression.expression : expression;
  return /pipe$/i.test(named.getText());
};

const declaresClass = (file: SourceFile, name: string): boolean =>
  nodesOf(parse(file), ts.isClassDeclaration).some((declaration) => declaration.name?.text === name);

/** What is wrong with the type of a parameter that no pipe parses, or undefined when it is a DTO class. */
const faultOfType = (type: ts.TypeNode | undefined, files: ReadonlyMap<string, SourceFile>): string | undefined => {
  if (!type || !ts.isTypeReferenceNode(type)) return 'has neither a DTO class nor a parsing pipe';
  const name = type.typeName.getText();
  const { fileName } = type.getSourceFile();
  const imported = importsOf(type.getSourceFile()).get(name);
  if (!imported) {
    const own = files.get(fileName);
    return own && declaresClass(own, name) ? undefined : `is typed ${name}, which is no class`;
  }
  // Nest reads the class at run time; an import that only types is gone by then, and nothing is validated.
  if (imported.typeOnly) return `is typed ${name}, which is imported as a type: it would not be validated`;
  if (!imported.source.startsWith('.')) return `is typed ${name} of ${imported.source}, which is no DTO of this edge`;
  const file = files.get(posix.join(posix.dirname(fileName), imported.source).replace(/\.js$/, '.ts'));
  return file && declaresClass(file, imported.name) ? undefined : `is typed ${name}, which is no class`;
};

const isInput = ({ name }: DecoratorUse): boolean => INPUTS.has(name);

/**
 * Parameters of controllers that take input unparsed: each `@Body`, `@Query` and `@Param` must be typed by a DTO
 * class or carry a pipe.
 *
 * @param files  the sources of the HTTP edge, DTO files included
 */
export const findUnparsedInput = (files: readonly SourceFile[]): readonly string[] => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return files.flatMap((file) =>
    nodesOf(parse(file), ts.isParameter).flatMap((parameter) => {
      const inputs = decoratorsOf(parameter).filter(isInput);
      if (inputs.length === 0 || inputs.every(({ args }) => args.some(isPipe))) return [];
      const fault = faultOfType(parameter.type, byPath);
      return fault ? [`${placeOf(parameter)} @${inputs[0]?.name} ${parameter.name.getText()} ${fault}`] : [];
    }),
  );
};
