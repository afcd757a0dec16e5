import { type ChangeLog, changeKey, judgeChange, type OpenChangeLog, type SeenChange } from '../ports/change-log.ts'

/** Change logs without a disk: for where nothing may stay, and for tests. The same workspace has the same log. */
export function memoryChangeLogs(): OpenChangeLog {
  const rows = new Map<string, Map<string, SeenChange>>()
  return (workspaceId) => {
    const own = rows.get(workspaceId) ?? new Map<string, SeenChange>()
    rows.set(workspaceId, own)
    return openMemoryChangeLog(own)
  }
}

function openMemoryChangeLog(rows: Map<string, SeenChange>): ChangeLog {
  const listeners = new Set<() => void>()

  const newestFirst = async () => {
    const ownFirst = (a: SeenChange, b: SeenChange) => Number(b.origin === 'own') - Number(a.origin === 'own')
    const all = [...rows.values()].sort((a, b) => b.stamp - a.stamp || ownFirst(a, b))
    const judged = await Promise.all(
      all.map((row) =>
        judgeChange(row, {
          own: async (stamp, table, id) =>
            all.some((each) => each.origin === 'own' && each.stamp === stamp && each.table === table && each.id === id),
          field: async (stamp, table, id, path) =>
            all.find(
              (each) =>
                each.change !== 'lost' &&
                each.stamp === stamp &&
                each.table === table &&
                each.id === id &&
                each.path === path,
            ),
        }),
      ),
    )
    return judged.filter((row) => row !== null)
  }

  return {
    add(changes) {
      for (const change of changes) rows.set(JSON.stringify(changeKey(change)), change)
      for (const listener of [...listeners]) listener()
    },
    settled: async () => undefined,
    ofQuest: async (questId) => (await newestFirst()).filter((row) => row.questId === questId),
    async latest(limit, before) {
      const all = await newestFirst()
      const rest = before === null ? all : all.filter(({ stamp }) => stamp < before[0])
      const changes = rest.slice(0, limit)
      const last = changes.at(-1)
      return { changes, next: rest.length > limit && last !== undefined ? changeKey(last) : null }
    },
    onAdded(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    async close() {},
  }
}
