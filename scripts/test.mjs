import { ensureInstalled, ensureWebBuilt, run } from './setup.mjs'

ensureInstalled()
run('biome', ['ci', '--error-on-warnings', '.'])
for (const project of ['shared', 'shared/tsconfig.test.json', 'sync-server', 'web', 'e2e', 'bench']) {
  run('tsc', ['-p', project])
}
ensureWebBuilt()
run('vitest', ['run', ...process.argv.slice(2)])
