/** Faults: the product's processes are killed and its connections cut. FAULTS_SEED and FAULTS_KILLS choose the kills. */
export default {
  rootDir: 'dist',
  testEnvironment: 'node',
  transform: {},
  testMatch: ['<rootDir>/test/faults/**/*.spec.js'],
  testTimeout: 420_000,
  maxWorkers: 1,
  reporters: ['default', '<rootDir>/libs/testing/src/product/log-reporter.js'],
  watchman: false,
};
