import { defineConfig } from 'vitest/config'

/** Tests that take too long for every run: `npm run test:deep`. Run them alone, since they bound processor time. */
export default defineConfig({
  test: {
    maxWorkers: 1,
    projects: [
      { test: { name: 'shared', root: 'shared', include: ['src/**/*.deep.test.ts'] } },
      {
        test: {
          name: 'sync-server',
          root: 'sync-server',
          include: ['src/**/*.deep.test.ts'],
          globalSetup: ['./src/testing/start-database.ts'],
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          root: 'e2e',
          include: ['src/**/*.deep.test.ts'],
          hookTimeout: 120_000,
          // Another one every time; one that failed is tried again by naming it.
          provide: { campaignSeed: Number(process.env.CAMPAIGN_SEED ?? Date.now() % 1_000_000) },
        },
      },
    ],
  },
})
