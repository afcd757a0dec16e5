import { ensureInstalled, ensureWebBuilt, run } from './setup.mjs'

const names = process.argv.slice(2)

ensureInstalled()
// The benches of the store and of sync need no built page.
if (names.length === 0 || names.some((name) => name.startsWith('web'))) ensureWebBuilt()
run('node', ['bench/src/main.ts', ...names])
