import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// Adds the examples of docs/adding to the sources as they are committed, each in a working tree of its own, compiles
// them, and counts the files that were touched, tests aside.

const MOST_FILES = { field: 6, kind: 10, resource: 6, screen: 4, job: 3 }
const root = join(import.meta.dirname, '..')

function run(directory: string, command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: directory, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`)
  return stdout
}

/** Gives a working tree the installed packages, and its own packages of the project. */
function linkPackages(tree: string): void {
  const installed = join(root, 'node_modules')
  mkdirSync(join(tree, 'node_modules/@questlog'), { recursive: true })
  for (const name of readdirSync(installed)) {
    if (name !== '@questlog') symlinkSync(join(installed, name), join(tree, 'node_modules', name))
  }
  for (const name of readdirSync(join(installed, '@questlog'))) {
    symlinkSync(join(tree, name), join(tree, 'node_modules/@questlog', name))
  }
  for (const name of ['sync-server', 'web']) {
    symlinkSync(join(root, name, 'node_modules'), join(tree, name, 'node_modules'))
  }
}

const trees = mkdtempSync(join(tmpdir(), 'questlog-adding-'))
for (const [what, most] of Object.entries(MOST_FILES)) {
  const tree = join(trees, what)
  run(root, 'git', 'worktree', 'add', '--quiet', '--detach', tree)
  try {
    run(tree, 'git', 'apply', '--3way', join(root, `docs/adding/${what}.patch`))
    const touched = run(tree, 'git', 'diff', '--cached', '--name-only').trim().split('\n')
    const files = touched.filter((file) => !/\.test\.tsx?$|\/testing\//.test(file))
    linkPackages(tree)
    for (const project of ['shared', 'sync-server', 'web']) run(tree, 'tsc', '-p', project)
    console.log(`${what}: ${files.length} files, at most ${most}\n  ${files.join('\n  ')}`)
    if (files.length > most) process.exitCode = 1
  } catch (error) {
    console.error(`${what}: does not fit the sources any more; try it by hand and store it again with git diff`, error)
    process.exitCode = 1
  } finally {
    run(root, 'git', 'worktree', 'remove', '--force', tree)
  }
}
