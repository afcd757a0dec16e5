import { configDefaults, defineConfig } from 'vitest/config'
import { compileCache } from './scripts/compile-cache.mjs'
import { listRetriedTests } from './scripts/list-retried-tests.mjs'
import { keepFilesInMemory } from './scripts/memory-disk.mjs'

keepFilesInMemory()
// For the programs that tests start, by the hundred.
process.env.NODE_COMPILE_CACHE ??= compileCache

const isQuick = process.env.QUICK === 'true'
/** What `npm run test:deep` runs. */
const deep = '**/*.deep.test.ts'
/** Fuzz runs, and tests that start whole programs with a database of their own: `npm test -- --quick` does without. */
const slowKinds = ['**/*.fuzz.test.ts', '**/*.process.test.ts']
const exclude = [...configDefaults.exclude, deep, ...(isQuick ? slowKinds : [])]
/** Tests in a real browser. */
const browserTests = ['src/web/**/*.test.ts', 'src/persistence/**/*.test.ts']

/** Data directories that need no initdb, for tests in `e2e/`. */
const preparedData = '../sync-server/src/testing/prepared-data.ts'

/** Tests of Yjs as it comes: the store, once loaded, has changed it for its whole process. */
const ofYjsAlone = ['src/store/*-ground.test.ts']

const ofEveryProject = {
  // A worker keeps what it has loaded for its next file: tests leave nothing behind in it.
  isolate: false,
  unstubGlobals: true,
  // Limits say only how late a failure is told: a machine that is busy with something else must not make one.
  expect: { poll: { timeout: 20_000 } },
  testTimeout: 120_000,
  hookTimeout: 120_000,
}

export default defineConfig({
  test: {
    // Enough for two processors: tests wait a quarter of their time, for browsers, databases and limits.
    maxWorkers: 3,
    reporters: ['default', listRetriedTests],
    projects: [
      {
        test: {
          ...ofEveryProject,
          name: 'shared',
          root: 'shared',
          include: ['src/**/*.test.ts'],
          exclude: [...exclude, ...ofYjsAlone],
        },
      },
      {
        test: {
          ...ofEveryProject,
          name: 'ground',
          root: 'shared',
          include: ofYjsAlone,
          isolate: true,
        },
      },
      {
        test: {
          ...ofEveryProject,
          name: 'sync-server',
          root: 'sync-server',
          include: ['src/**/*.test.ts'],
          exclude,
          globalSetup: [
            './src/testing/start-database.ts',
            './src/testing/prepared-data.ts',
            './src/testing/prove-documented-problems.ts',
          ],
          // CI has every outside program that a test needs; elsewhere such a test may say that it cannot run.
          provide: { isCi: process.env.CI === 'true', compileCache: process.env.NODE_COMPILE_CACHE },
        },
      },
      {
        test: {
          ...ofEveryProject,
          name: 'web',
          root: 'web',
          include: ['src/**/*.test.ts'],
          setupFiles: ['./src/testing/provide-texts.ts', './src/testing/leave-nothing.ts'],
          exclude,
        },
      },
      {
        test: {
          ...ofEveryProject,
          name: 'screens',
          root: 'web',
          include: ['src/**/*.test.tsx'],
          environment: 'happy-dom',
          globalSetup: ['../sync-server/src/testing/start-app-server.ts'],
          setupFiles: [
            './src/testing/provide-texts.ts',
            './src/testing/leave-nothing.ts',
            './src/testing/screen-of-one-test.ts',
          ],
          exclude,
        },
      },
      {
        test: {
          ...ofEveryProject,
          name: 'e2e',
          root: 'e2e',
          include: ['src/**/*.test.ts'],
          globalSetup: [preparedData],
          exclude: [...exclude, ...browserTests],
        },
      },
      {
        test: {
          ...ofEveryProject,
          name: 'browser',
          root: 'e2e',
          include: browserTests,
          globalSetup: ['./src/harness/end-companions.ts', preparedData],
          exclude,
          // Nothing else is tried once more; the run ends with a list of those that needed it.
          retry: 1,
        },
      },
    ],
  },
})
