/** House rules that no plugin has. Each is proved able to fail by a fixture in tools/arch/fixtures. */

const rule = (message, create) => ({
  meta: { type: 'problem', schema: [], messages: { refused: message } },
  create: (context) => create((node) => context.report({ node, messageId: 'refused' }), context),
});

const named = (node, name) =>
  (node?.type === 'Identifier' && node.name === name) || (node?.type === 'Literal' && node.value === name);

/** The wall clock: `new Date()`, `Date()` and `Date.now()`. A date made from a value is fine. */
const noAmbientClock = rule('Ask the Clock port for the time, so that tests can set it', (report) => ({
  'NewExpression[callee.name="Date"][arguments.length=0]': report,
  'CallExpression[callee.name="Date"]': report,
  MemberExpression: (node) => {
    if (named(node.object, 'Date') && named(node.property, 'now')) report(node);
  },
}));

const isProcess = (node) =>
  named(node, 'process') || (node?.type === 'MemberExpression' && named(node.property, 'process'));

/** `process.env` however it is reached: property, destructuring, or an import of node:process. */
const noProcessEnv = rule(
  'Only infrastructure/config reads the environment: inject a section of AppConfig',
  (report) => ({
    MemberExpression: (node) => {
      if (isProcess(node.object) && named(node.property, 'env')) report(node);
    },
    VariableDeclarator: ({ id, init }) => {
      if (id.type !== 'ObjectPattern' || !isProcess(init)) return;
      for (const property of id.properties) if (named(property.key, 'env')) report(property);
    },
    'ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name="env"]': report,
  }),
);

const RE_EXPORTS = ['ExportAllDeclaration', 'ExportNamedDeclaration'];
const isReExport = (node) => RE_EXPORTS.includes(node.type) && Boolean(node.source);

/** An index file in apps or libs, or a file anywhere that does nothing but pass on what others export. */
const noBarrel = rule(
  "No barrels: the only one is a context's public index.ts in the application layer",
  (report, context) => ({
    Program: (node) => {
      const isIndex = /[\\/](apps|libs)[\\/](.*[\\/])?index\.[cm]?[jt]sx?$/.test(context.filename);
      if (isIndex || (node.body.length > 0 && node.body.every(isReExport))) report(node);
    },
  }),
);

export const houseRules = {
  meta: { name: 'house' },
  rules: { 'no-ambient-clock': noAmbientClock, 'no-barrel': noBarrel, 'no-process-env': noProcessEnv },
};
