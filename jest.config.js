/** Tests run on what the compiler wrote: no transform, the same ESM that production loads. */
export default {
  rootDir: 'dist',
  testEnvironment: 'node',
  transform: {},
  testMatch: ['**/*.spec.js'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/'],
  globalSetup: '<rootDir>/libs/testing/src/global-setup.js',
  globalTeardown: '<rootDir>/libs/testing/src/global-teardown.js',
  testTimeout: 60_000,
  // Jest leaves a processor free; PostgreSQL does not need one. A module loaded anew for each suite is never given back.
  maxWorkers: '100%',
  workerIdleMemoryLimit: '1GB',
  watchman: false,
};
