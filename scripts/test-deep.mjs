import { ensureInstalled, run } from './setup.mjs'

ensureInstalled()
run('vitest', ['run', '--config', 'vitest.deep.config.ts', ...process.argv.slice(2)])
