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
  testTimeout: suite === 'test' ? 30_000 : 300_000,
  coverageProvider: 'v8',
  collectCoverageFrom: ['src/**/*.ts']
}
