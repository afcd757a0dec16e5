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
// A terminal signals the whole group, so the server hears Ctrl-C itself; this process only waits for it.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => server.kill('SIGTERM'))
server.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
