import { spawn } from 'node:child_process'
import { ensureInstalled, ensureWebBuilt, pinnedEnvironment, repositoryRoot } from './setup.mjs'

ensureInstalled()
ensureWebBuilt()

const server = spawn('node', ['sync-server/src/main.ts'], {
  cwd: repositoryRoot,
  env: pinnedEnvironment,
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
server.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))

let isAsked = false
function stop() {
  if (isAsked) return
  isAsked = true
  server.kill('SIGTERM')
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)

// npm hands a signal to the shell it runs this in, and a shell dies of it without a word to its child.
const shell = process.ppid
if (process.env.npm_lifecycle_event === 'start') {
  setInterval(() => process.ppid !== shell && stop(), 250).unref()
}
