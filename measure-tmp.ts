import { openWorkspace } from './shared/src/client/open-workspace.ts'
import { memoryLocalStores } from './shared/src/client/memory-local-store.ts'
import { newId } from './shared/src/domain/ids.ts'
import * as Y from 'yjs'
import { FromServer } from './shared/src/client/local-store.ts'
import { openQuestDocument } from './shared/src/store/quest-document.ts'
const thunks: (() => readonly unknown[])[] = []
const log = () => ({ add: (m: any) => { thunks.push(m) }, ofQuest: async () => [], latest: async () => ({changes: [], next: null}), onAdded: () => () => {}, close: async () => {} })
async function run(withLog: boolean) {
  const ws = await openWorkspace({ openLocalStore: memoryLocalStores(), ...(withLog ? { openChangeLog: log as any } : {}), now: Date.now, timeZone: () => 'UTC', random: Math.random, userId: () => null }, { id: newId() as any, documentName: 'w:x:1', name: 'x', kind: 'personal', role: 'owner' })
  const ids = Array.from({ length: 10000 }, () => newId() as any)
  ws.dispatch({ kind: 'createQuests', quests: ids.map((id, n) => ({ id, title: `Quest ${n}` })) })
  const times: number[] = []
  for (let n = 0; n < 3000; n++) { const id = ids[(n * 7919) % 10000]; const t = performance.now(); ws.dispatch({ kind: 'editQuest', id, fields: { title: `Edited ${n}` } }); times.push(performance.now() - t) }
  times.sort((a, b) => a - b)
  // remote merges
  const peer = new Y.Doc(); Y.applyUpdate(peer, Y.encodeStateAsUpdate(ws.doc)); const doc = openQuestDocument(peer, { now: Date.now })
  const server = new FromServer(); const remote: number[] = []; let update = new Uint8Array()
  peer.on('update', (u: Uint8Array) => { update = u })
  for (let n = 0; n < 2000; n++) { doc.write([{ table: 'quests', id: ids[(n * 7919) % 10000], patch: { title: `Remote ${n}` } }]); const t = performance.now(); Y.applyUpdate(ws.doc, update, server); remote.push(performance.now() - t) }
  remote.sort((a, b) => a - b)
  const bulk = doc.write(ids.map((id: string) => ({ table: 'quests' as const, id, patch: { priority: 1 } }))); const t = performance.now(); Y.applyUpdate(ws.doc, update, server); const bulkMs = performance.now() - t
  const t2 = performance.now(); const made = thunks.flatMap((m) => m()).length; const makeMs = performance.now() - t2; thunks.length = 0
  console.log(withLog ? 'recorded' : 'plain   ', 'own edit p50', times[1500]!.toFixed(4), 'p95', times[2850]!.toFixed(4), '| remote p50', remote[1000]!.toFixed(4), 'p95', remote[1900]!.toFixed(4), '| merge of 10,000 changes', bulkMs.toFixed(0), 'ms | lazily made', made, 'in', makeMs.toFixed(1), 'ms')
}
for (let i = 0; i < 2; i++) { await run(false); await run(true) }
