import { availableParallelism } from 'node:os'

const suite = process.env.SUITE ?? 'test'

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/__tests__', '<rootDir>/src'],
  testMatch: [`<rootDir>/__tests__/**/*.${suite}.ts`],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' }, sourceMaps: 'inline' }
    ]
  },
  // They compute all the time and what waits does so by the clock of the test: every core is put to use.
  ...(suite === 'faults' && { maxWorkers: availableParallelism() }),
  testTimeout: suite === 'test' ? 30_000 : 300_000,
  coverageProvider: 'v8',
  collectCoverageFrom: ['src/**/*.ts']
}
