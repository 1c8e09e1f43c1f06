import ts from 'typescript';
import type { SourceFile } from '../repository.js';
import { decoratorsOf, importsOf, nodesOf, parse, placeOf } from './syntax.js';

interface Job {
  readonly constant: string;
  readonly queue: string | undefined;
  readonly place: string;
}

interface Consumer {
  readonly name: string;
  readonly queue: string | undefined;
  readonly constants: ReadonlySet<string>;
}

const textOf = (node: ts.Node | undefined): string | undefined =>
  node && ts.isStringLiteralLike(node) ? node.text : undefined;

const queueIn = (contract: ts.Expression | undefined): string | undefined => {
  if (!contract || !ts.isObjectLiteralExpression(contract)) return undefined;
  const property = contract.properties.find((one) => one.name?.getText() === 'queue');
  return property && ts.isPropertyAssignment(property) ? textOf(property.initializer) : undefined;
};

/** `const x = defineJob({ queue: '…' })`. */
const jobsOf = (file: SourceFile): readonly Job[] =>
  nodesOf(parse(file), ts.isVariableDeclaration).flatMap((declaration) => {
    const { initializer, name } = declaration;
    if (!initializer || !ts.isCallExpression(initializer)) return [];
    if (initializer.expression.getText() !== 'defineJob') return [];
    return [{ constant: name.getText(), queue: queueIn(initializer.arguments[0]), place: placeOf(declaration) }];
  });

/** What a class sets its property to; undefined when it has none, or only declares it. */
const valueOf = (declaration: ts.ClassDeclaration, name: string): ts.Expression | undefined =>
  declaration.members.filter(ts.isPropertyDeclaration).find((member) => member.name.getText() === name)?.initializer;

/** A class with `jobs = [x, y]`, and its queue by `queue = '…'` or `@Processor('…')`. */
const consumersOf = (file: SourceFile): readonly Consumer[] => {
  const tree = parse(file);
  const imports = importsOf(tree);
  return nodesOf(tree, ts.isClassDeclaration).flatMap((declaration) => {
    const jobs = valueOf(declaration, 'jobs');
    if (!jobs || !ts.isArrayLiteralExpression(jobs)) return [];
    const constants = jobs.elements
      .map((element) => element.getText())
      .map((local) => imports.get(local)?.name ?? local);
    const processor = decoratorsOf(declaration).find(({ name }) => name === 'Processor');
    const queue = textOf(valueOf(declaration, 'queue') ?? processor?.args[0]);
    return [{ name: declaration.name?.text ?? file.path, queue, constants: new Set(constants) }];
  });
};

const faultOf = ({ constant, queue, place }: Job, consumers: readonly Consumer[]): readonly string[] => {
  const takers = consumers.filter(({ constants }) => constants.has(constant));
  if (takers.length === 0) return [`${place} ${constant} has no consumer`];
  if (takers.length > 1)
    return [`${place} ${constant} has several consumers: ${takers.map(({ name }) => name).join(', ')}`];
  const [taker] = takers;
  if (!taker?.queue || !queue || taker.queue === queue) return [];
  return [`${place} ${constant} goes to ${queue}, but ${taker.name} takes from ${taker.queue}`];
};

/**
 * Jobs that nobody takes, that two take, or whose consumer listens to another queue.
 *
 * @param files  the sources that define jobs and those of the worker
 */
export const findUnconsumedJobs = (files: readonly SourceFile[]): readonly string[] => {
  const consumers = files.filter(({ path }) => path.startsWith('apps/worker/')).flatMap(consumersOf);
  return files
    .filter(({ path }) => path.startsWith('libs/application/'))
    .flatMap(jobsOf)
    .flatMap((job) => faultOf(job, consumers));
};
