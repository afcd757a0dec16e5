import { benchEdit } from './store/edit.ts'
import { benchHistory } from './store/history.ts'
import { benchLoad } from './store/load.ts'

/** Every bench by name, in the order of the budgets; a name on the command line picks all that begin with it. */
const benches: Readonly<Record<string, () => Promise<void>>> = {
  'store-load': benchLoad,
  'store-edit': benchEdit,
  'store-history': benchHistory,
}

const wanted = process.argv.slice(2)
const chosen = Object.keys(benches).filter(
  (name) => wanted.length === 0 || wanted.some((prefix) => name.startsWith(prefix)),
)
if (chosen.length === 0) {
  console.error(`There is no such bench. There are: ${Object.keys(benches).join(', ')}.`)
  process.exitCode = 1
}
for (const name of chosen) await benches[name]?.()
