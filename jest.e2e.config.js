/** End-to-end: the product as processes of their own. E2E_MODE=redis keeps the jobs in Redis. */
export default {
  rootDir: 'dist',
  testEnvironment: 'node',
  transform: {},
  testMatch: ['<rootDir>/test/e2e/**/*.spec.js'],
  testTimeout: 120_000,
  // Each file has a product of its own, which waits for amoCRM most of the time.
  maxWorkers: 2,
  reporters: ['default', '<rootDir>/libs/testing/src/product/log-reporter.js'],
  watchman: false,
};
