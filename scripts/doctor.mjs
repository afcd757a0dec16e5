import { spawn } from 'node:child_process'
import { ensureInstalled, pinnedEnvironment, repositoryRoot } from './setup.mjs'

ensureInstalled()

const doctor = spawn('node', [`${repositoryRoot}/sync-server/src/doctor/main.ts`, ...process.argv.slice(2)], {
  env: pinnedEnvironment,
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
doctor.on('exit', (code) => process.exit(code ?? 2))
