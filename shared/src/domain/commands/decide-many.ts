import type { QuestId } from '../kernel/ids.ts'
import type { RecordWrite } from '../kernel/record-write.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { rankBetween } from '../order/rank.ts'
import type { Quest } from '../quest/quest.ts'
import type { DecideContext, LogState } from '../state/log-state.ts'
import type { CommandError } from './command-error.ts'
import type { Command } from './commands.ts'
import { completeQuest, reopenQuest } from './decide-completion.ts'
import { createQuest, editable, editQuest, tagQuest } from './decide-quest.ts'
import { createTag } from './decide-tag.ts'

type Decision = Result<readonly RecordWrite[], CommandError>
type Of<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>

/** New quests in the order given, all or none. Those that share a place stand there one after the other. */
export function createQuests(state: LogState, command: Of<'createQuests'>, context: DecideContext): Decision {
  const ids = new Set<QuestId>()
  for (const { id } of command.quests) {
    if (ids.has(id)) return err({ code: 'already-exists', id })
    ids.add(id)
  }
  const decided = all(command.quests, (quest) => createQuest(state, { kind: 'createQuest', ...quest }, context))
  return decided.ok ? ok(inARow(decided.value, context)) : decided
}

/** Edits of several quests, one after the other, all or none. */
export function editQuests(state: LogState, command: Of<'editQuests'>): Decision {
  const parents = new Map<QuestId, QuestId | null>()
  // Two edits that are each fine by themselves may close a circle of parents together.
  const edited: LogState = { ...state, quest: (id) => withParent(state.quest(id), parents.get(id)) }
  return all(command.edits, ({ id, fields }) => {
    const decided = editQuest(edited, { kind: 'editQuest', id, fields })
    if (fields.parentId !== undefined) parents.set(id, fields.parentId)
    return decided
  })
}

/** Completes the current occurrences of those that are still open, one after the other, all or none. */
export function completeQuests(state: LogState, command: Of<'completeQuests'>, context: DecideContext): Decision {
  const done = new Set<QuestId>()
  return all(distinct(command.ids), (id) => {
    if (isDone(state, id)) return nothing(state, id)
    const decided = completeQuest(state, id, context, done)
    done.add(id)
    return decided
  })
}

/** Undoes the completions of those that are done, all or none. */
export function reopenQuests(state: LogState, command: Of<'reopenQuests'>, context: DecideContext): Decision {
  return all(distinct(command.ids), (id) => (isDone(state, id) ? reopenQuest(state, id, context) : nothing(state, id)))
}

/** Adds a tag to quests, all or none; with a name, the tag is made too. */
export function tagQuests(state: LogState, command: Of<'tagQuests'>): Decision {
  const { tagId, newTagName } = command
  const ids = distinct(command.ids)
  if (newTagName === undefined) return all(ids, (id) => tagQuest(state, { kind: 'tagQuest', id, tagId }))
  const made = createTag(state, { kind: 'createTag', id: tagId, name: newTagName })
  if (!made.ok) return made
  const withTag: LogState = {
    ...state,
    tag: (id) => (id === tagId ? { id, name: newTagName, color: null } : state.tag(id)),
  }
  const tagged = all(ids, (id) => tagQuest(withTag, { kind: 'tagQuest', id, tagId }))
  return tagged.ok ? ok([...made.value, ...tagged.value]) : tagged
}

function all<Item>(items: Iterable<Item>, decideOne: (item: Item) => Decision): Decision {
  const writes: RecordWrite[] = []
  for (const item of items) {
    const decided = decideOne(item)
    if (!decided.ok) return decided
    writes.push(...decided.value)
  }
  return ok(writes)
}

function withParent(quest: Quest | undefined, parentId: QuestId | null | undefined): Quest | undefined {
  return quest === undefined || parentId === undefined ? quest : { ...quest, parentId }
}

function distinct(ids: readonly QuestId[]): ReadonlySet<QuestId> {
  return new Set(ids)
}

function isDone(state: LogState, id: QuestId): boolean {
  return (state.quest(id)?.completedAt ?? null) !== null
}

function nothing(state: LogState, id: QuestId): Decision {
  const quest = editable(state, id)
  return quest.ok ? ok([]) : quest
}

/** Each was decided as if it alone came to the end of its list; from the second on they follow the one before. */
export function inARow(writes: readonly RecordWrite[], context: DecideContext): readonly RecordWrite[] {
  const lastByProject = new Map<unknown, string>()
  return writes.map((write) => {
    const { rank, projectId = null } = write.patch
    if (typeof rank !== 'string') return write
    const last = lastByProject.get(projectId)
    const own = last === undefined ? rank : rankBetween(last, null, context.random)
    lastByProject.set(projectId, own)
    return { ...write, patch: { ...write.patch, rank: own } }
  })
}
