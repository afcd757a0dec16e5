import { ensureInstalled, ensureWebBuilt, run } from './setup.mjs'

ensureInstalled()
run('biome', ['ci', '--error-on-warnings', '.'])
run('node', ['scripts/structure.ts'])
for (const project of ['shared', 'shared/tsconfig.test.json', 'sync-server', 'web', 'e2e', 'bench']) {
  run('tsc', ['-p', project])
}
const given = process.argv.slice(2)
if (given.includes('--quick')) {
  const rest = given.filter((argument) => argument !== '--quick')
  run('vitest', ['run', '--project', '!e2e', '--project', '!browser', ...rest], { QUICK: 'true' })
} else {
  ensureWebBuilt()
  run('vitest', ['run', ...given])
}
