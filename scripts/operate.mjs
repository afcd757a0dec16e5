import { spawn } from 'node:child_process'
import { ensureInstalled, pinnedEnvironment, repositoryRoot } from './setup.mjs'

ensureInstalled()

// A program of the server for whoever operates it, and its arguments.
const [program, ...given] = process.argv.slice(2)
const child = spawn('node', [`${repositoryRoot}/sync-server/src/${program}`, ...given], {
  env: pinnedEnvironment,
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
child.on('exit', (code) => process.exit(code ?? 2))
