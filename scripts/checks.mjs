import { join } from 'node:path'
import { repositoryRoot, runBeside } from './setup.mjs'

const typed = ['shared', 'shared/tsconfig.test.json', 'sync-server', 'web', 'e2e', 'bench']

/** What is checked besides the tests, as commands: format, lint and boundaries, and types. */
export const checks = [
  ['biome', ['ci', '--error-on-warnings', '.']],
  ['node', ['scripts/structure.ts']],
  ...typed.map((project) => ['tsc', ['-p', project, '--incremental', '--tsBuildInfoFile', checkedTypes(project)]]),
]

/** Where the compiler keeps what it found, errors too: it checks only what depends on a file that has other contents. */
function checkedTypes(project) {
  return join(repositoryRoot, 'node_modules/.cache/types', `${project.replaceAll('/', '-')}.tsbuildinfo`)
}

/** Runs all of these commands, one after the other; resolves with what those that failed have printed. */
export async function failuresOf(commands) {
  const failures = []
  for (const [command, args] of commands) {
    const { status, output } = await runBeside(command, args, { stdio: 'pipe' })
    if (status !== 0) failures.push(`${[command, ...args].join(' ')}\n${output}`)
  }
  return failures
}
