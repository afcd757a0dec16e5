import { decide } from '@questlog/shared/domain/commands/decide'
import { storedId } from '@questlog/shared/domain/kernel/ids'
import type { FieldValue } from '@questlog/shared/domain/kernel/record-write'
import { ok } from '@questlog/shared/domain/kernel/result'
import type { DecideContext } from '@questlog/shared/domain/state/log-state'
import type { LiveWorkspace } from '../projecting/live-workspace.ts'
import type { Draft } from '../workspace-store.ts'

/** On whose behalf a draft is written, when and where. */
export interface DraftAuthor {
  readonly userId: string
  readonly tz: string
  readonly now: () => number
}

/** A draft written straight on a workspace's replica, which must be dropped unless all of it is committed. */
export function draftOn(live: LiveWorkspace, author: DraftAuthor): Draft {
  const { workspaceId, replica } = live
  const context: DecideContext = {
    now: author.now(),
    tz: author.tz,
    dayStartHour: 0,
    userId: storedId(author.userId),
    random: Math.random,
    readOnly: false,
  }
  const draft: Draft = {
    workspaceId,
    seq: live.placeOf(live.seq),
    state: replica.state,
    dispatch(command) {
      const decided = decide(replica.state, command, context)
      if (!decided.ok) return decided
      replica.write(decided.value)
      return ok(undefined)
    },
    write: (writes) => void replica.write(writes),
    record: (table, id) => replica.record(table, id),
    fields: (table, id) => replica.fields(table, id) ?? {},
    ids: (table) => replica.ids(table),
    note: (questId) => replica.note(questId),
    setNote: (questId, text) => replica.setNote(questId, text),
    joinWritten: (join) => replica.joinWritten(join),
    setNotes: (notes) => replica.setNotes(notes),
    copyFrom(other, records) {
      for (const { table, id } of records) {
        const record = other.record(table, id)
        if (record === undefined) continue
        const patch: { [path: string]: FieldValue } = { ...record }
        for (const path of Object.keys(replica.record(table, id) ?? {})) patch[path] ??= null
        replica.write([{ table, id, patch }])
        if (table === 'quests') replica.setNote(id, other.note(id))
      }
    },
  }
  return draft
}
