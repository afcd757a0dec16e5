import { defineConfig } from 'vitest/config'

/** What takes too long for every run: `npm run test:deep`. Run alone, since these tests bound processor time. */
export default defineConfig({
  test: {
    maxWorkers: 1,
    projects: ['shared', 'sync-server'].map((name) => ({
      test: { name, root: name, include: ['src/**/*.deep.test.ts'] },
    })),
  },
})
