import { architecture } from './tools/lint/boundaries.js';
import { codeStyle } from './tools/lint/code-style.js';

export default [
  {
    name: 'house/not-ours-to-lint',
    // Fixtures break the rules on purpose; dist and api-client are written by machines.
    ignores: ['dist/**', 'coverage/**', '.sdelka/**', 'libs/api-client/**', 'apps/*/dist/**', 'tools/**/fixtures/**'],
  },
  ...codeStyle,
  ...architecture,
];
