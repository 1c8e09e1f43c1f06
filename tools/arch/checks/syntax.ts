import ts from 'typescript';
import type { SourceFile } from '../repository.js';

/** The syntax tree of a file; nothing is resolved, so it need not compile. */
export const parse = ({ path, text }: SourceFile): ts.SourceFile =>
  ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);

/** All nodes below `node` that `is` accepts, in the order of the text. */
export const nodesOf = <T extends ts.Node>(node: ts.Node, is: (child: ts.Node) => child is T): readonly T[] => {
  const found: T[] = [];
  const visit = (child: ts.Node): void => {
    if (is(child)) found.push(child);
    ts.forEachChild(child, visit);
  };
  ts.forEachChild(node, visit);
  return found;
};

export interface DecoratorUse {
  readonly name: string;
  readonly args: readonly ts.Expression[];
}

/** The decorators on a class, member or parameter, by the name they are called with. */
export const decoratorsOf = (node: ts.Node): readonly DecoratorUse[] =>
  (ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : []).map(({ expression }) =>
    ts.isCallExpression(expression)
      ? { name: expression.expression.getText(), args: [...expression.arguments] }
      : { name: expression.getText(), args: [] },
  );

/** The name of the class that a class extends, type arguments left out. */
export const baseOf = (node: ts.ClassDeclaration): string | undefined =>
  node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0]?.expression.getText();

/** `path:line`, for a fault. */
export const placeOf = (node: ts.Node): string => {
  const file = node.getSourceFile();
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
};

export interface Imported {
  readonly source: string;
  readonly name: string;
  readonly typeOnly: boolean;
}

/** What the file imports by name, by its local name. */
export const importsOf = (file: ts.SourceFile): ReadonlyMap<string, Imported> => {
  const imports = new Map<string, Imported>();
  for (const declaration of file.statements.filter(ts.isImportDeclaration)) {
    const { importClause, moduleSpecifier } = declaration;
    const bindings = importClause?.namedBindings;
    if (!importClause || !bindings || !ts.isNamedImports(bindings)) continue;
    for (const element of bindings.elements) {
      const source = (moduleSpecifier as ts.StringLiteral).text;
      const name = (element.propertyName ?? element.name).text;
      imports.set(element.name.text, { source, name, typeOnly: importClause.isTypeOnly || element.isTypeOnly });
    }
  }
  return imports;
};
