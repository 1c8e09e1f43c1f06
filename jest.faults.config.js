/** Faults: the product's processes are killed and its connections cut. FAULTS_SEED and FAULTS_KILLS choose the kills. */
export default {
  rootDir: 'dist',
  testEnvironment: 'node',
  transform: {},
  testMatch: ['<rootDir>/test/faults/**/*.spec.js'],
  testTimeout: 420_000,
  // Each file has a product of its own, which waits for amoCRM most of the time.
  maxWorkers: 2,
  reporters: ['default', '<rootDir>/libs/testing/src/product/log-reporter.js'],
  watchman: false,
};
