import { ensureInstalled, ensureWebBuilt, run } from './setup.mjs'

ensureInstalled()
run('biome', ['ci', '--error-on-warnings', '.'])
for (const workspace of ['shared', 'sync-server', 'web', 'e2e', 'bench']) {
  run('tsc', ['-p', workspace])
}
ensureWebBuilt()
run('vitest', ['run', ...process.argv.slice(2)])
