import { configDefaults, defineConfig } from 'vitest/config'
import { listRetriedTests } from './scripts/list-retried-tests.mjs'

/** What `npm run test:deep` runs. `npm test -- --quick` leaves out the fuzz runs too. */
const isQuick = process.env.QUICK === 'true'
const exclude = [...configDefaults.exclude, '**/*.deep.test.ts', ...(isQuick ? ['**/*.fuzz.test.ts'] : [])]
/** Tests in a real browser. */
const browserTests = ['src/web/**/*.test.ts', 'src/persistence/**/*.test.ts']

/** Tests of Yjs as it comes: the store, once loaded, has changed it for its whole process. */
const ofYjsAlone = ['src/store/*-ground.test.ts']

/** Polls wait for what will come: their limit is only how late a failure is told. */
const expectations = { poll: { timeout: 20_000 } }

export default defineConfig({
  test: {
    // Enough for two processors; more would let the browsers wait for each other.
    maxWorkers: 2,
    // A worker keeps what it has loaded for its next file: tests leave nothing behind in it.
    isolate: false,
    unstubGlobals: true,
    reporters: ['default', listRetriedTests],
    projects: [
      {
        test: {
          name: 'shared',
          root: 'shared',
          include: ['src/**/*.test.ts'],
          exclude: [...exclude, ...ofYjsAlone],
          expect: expectations,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'ground',
          root: 'shared',
          include: ofYjsAlone,
          isolate: true,
        },
      },
      {
        test: {
          name: 'sync-server',
          root: 'sync-server',
          include: ['src/**/*.test.ts'],
          exclude,
          globalSetup: ['./src/testing/start-database.ts', './src/testing/prove-documented-problems.ts'],
          // CI has every outside program that a test needs; elsewhere such a test may say that it cannot run.
          provide: { isCi: process.env.CI === 'true' },
          expect: expectations,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'web',
          root: 'web',
          include: ['src/**/*.test.{ts,tsx}'],
          setupFiles: ['./src/testing/provide-texts.ts', './src/testing/leave-nothing.ts'],
          exclude,
          expect: expectations,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'e2e',
          root: 'e2e',
          include: ['src/**/*.test.ts'],
          exclude: [...exclude, ...browserTests],
          expect: expectations,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'browser',
          root: 'e2e',
          include: browserTests,
          exclude,
          // Nothing else is tried once more; the run ends with a list of those that needed it.
          retry: 1,
          expect: expectations,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
