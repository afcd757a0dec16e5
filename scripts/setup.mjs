import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileCache } from './compile-cache.mjs'

// This file runs before anything is installed, on the machine's own Node: built-in modules only.

export const repositoryRoot = fileURLToPath(new URL('..', import.meta.url))

const binDirectory = join(repositoryRoot, 'node_modules', '.bin')
const installStamp = join(repositoryRoot, 'node_modules', '.questlog-installed')
const builtPage = join(repositoryRoot, 'web', 'dist', 'index.html')

/** The environment in which `node` is the Node pinned by the project, whatever the machine has, and keeps what it compiled. */
export const pinnedEnvironment = {
  ...process.env,
  PATH: `${binDirectory}${delimiter}${process.env.PATH ?? ''}`,
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? compileCache,
}

/** Runs a command with the pinned Node first on the path; ends this process with its code when it fails. */
export function run(command, args) {
  const { status, error } = spawnSync(command, args, { ...spawning(pinnedEnvironment), stdio: 'inherit' })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

/** Runs a command while this process goes on; resolves with how it ended, and what it printed where that is piped. */
export function runBeside(command, args, { environment = {}, stdio }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...spawning({ ...pinnedEnvironment, ...environment }), stdio })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
    child.once('error', reject)
    child.once('close', (code) => resolve({ status: code ?? 1, output }))
  })
}

function spawning(env) {
  return { cwd: repositoryRoot, env, shell: process.platform === 'win32' }
}

/** Installs the dependencies that the lockfile names, unless exactly these are there already. */
export function ensureInstalled() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(repositoryRoot, 'package-lock.json')))
    .digest('hex')
  if (existsSync(installStamp) && readFileSync(installStamp, 'utf8') === wanted) return
  console.log('Installing what Questlog needs …')
  // Not `npm ci`: it removes everything first, also under a server that runs.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund'])
  writeFileSync(installStamp, wanted)
}

/** Builds the web app, unless the built one is newer than every source it is made of. */
export function ensureWebBuilt() {
  const sources = ['web', 'shared', 'package-lock.json'].map((name) => join(repositoryRoot, name))
  if (existsSync(builtPage) && newestChange(sources) < statSync(builtPage).mtimeMs) return
  console.log('Building the web app …')
  run('npm', ['run', '--silent', 'build', '-w', '@questlog/web'])
}

function newestChange(paths) {
  let newest = 0
  for (const path of paths) {
    const stats = statSync(path)
    if (!stats.isDirectory()) {
      newest = Math.max(newest, stats.mtimeMs)
      continue
    }
    const children = readdirSync(path).filter((name) => name !== 'node_modules' && name !== 'dist')
    newest = Math.max(newest, newestChange(children.map((name) => join(path, name))))
  }
  return newest
}
