import { checks, failuresOf } from './checks.mjs'
import { ensureInstalled, ensureWebBuilt, run, runBeside } from './setup.mjs'

ensureInstalled()
const given = process.argv.slice(2)
if (given.includes('--quick')) {
  const rest = given.filter((argument) => argument !== '--quick')
  // Tests wait now and then: checks take what processor time they leave.
  const checking = failuresOf(checks)
  const tested = await runBeside('vitest', ['run', '--project', '!e2e', '--project', '!browser', ...rest], {
    environment: { QUICK: 'true' },
    stdio: 'inherit',
  })
  const failures = await checking
  for (const failure of failures) console.error(failure)
  process.exitCode = failures.length > 0 ? 1 : tested.status
} else {
  for (const check of checks) run(...check)
  ensureWebBuilt()
  run('vitest', ['run', ...given])
}
