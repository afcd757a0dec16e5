import type { QuestId } from '../kernel/ids.ts'
import { isClosed } from '../quest/lists.ts'
import type { LogState } from './log-state.ts'

type Dependencies = Pick<LogState, 'quest' | 'relationsOf' | 'isIgnored'>

/** The quests that block a quest, whether still open or not; those of ignored relations left out. */
export function blockersOf(state: Dependencies, id: QuestId): readonly QuestId[] {
  const blockers: QuestId[] = []
  for (const relation of state.relationsOf(id)) {
    if (relation.kind === 'blocks' && relation.to === id && !state.isIgnored(relation.id)) blockers.push(relation.from)
  }
  return blockers
}

/** The quests that a quest blocks, whether it is still open or not; those of ignored relations left out. */
export function blockedBy(state: Dependencies, id: QuestId): readonly QuestId[] {
  const blocked: QuestId[] = []
  for (const relation of state.relationsOf(id)) {
    if (relation.kind === 'blocks' && relation.from === id && !state.isIgnored(relation.id)) blocked.push(relation.to)
  }
  return blocked
}

/** Of the quests that block a quest those that hold it up now: there, outside the Trash, not done, not cancelled. */
export function openBlockersOf(state: Dependencies, id: QuestId): readonly QuestId[] {
  return blockersOf(state, id).filter((blocker) => isOpen(state, blocker))
}

/** Whether something holds a quest up. */
export function isBlocked(state: Dependencies, id: QuestId): boolean {
  return state
    .relationsOf(id)
    .some(
      (relation) =>
        relation.kind === 'blocks' &&
        relation.to === id &&
        isOpen(state, relation.from) &&
        !state.isIgnored(relation.id),
    )
}

/** How many open quests nothing holds up any more once a quest is done; `done` are done just before it. */
export function countUnblocked(state: Dependencies, id: QuestId, done: ReadonlySet<QuestId> = new Set()): number {
  let count = 0
  for (const blocked of new Set(blockedBy(state, id))) {
    if (done.has(blocked) || !isOpen(state, blocked)) continue
    if (openBlockersOf(state, blocked).every((blocker) => blocker === id || done.has(blocker))) count += 1
  }
  return count
}

/**
 * The shortest way from a quest to another along `blocks` relations, both included; null where there is none. Ignored
 * relations count: what closes a cycle with one would close it for all once an older one goes.
 */
export function blocksPath(state: Dependencies, from: QuestId, to: QuestId): readonly QuestId[] | null {
  const cameFrom = new Map<QuestId, QuestId | null>([[from, null]])
  // A map is visited in the order of insertion, what is added meanwhile included.
  for (const id of cameFrom.keys()) {
    if (id === to) return pathTo(cameFrom, id)
    for (const relation of state.relationsOf(id)) {
      if (relation.kind !== 'blocks' || relation.from !== id || cameFrom.has(relation.to)) continue
      cameFrom.set(relation.to, id)
    }
  }
  return null
}

/** The quests a quest is part of, its parent first. Ends where a merge has made a circle of parents. */
export function ancestorsOf(state: Pick<LogState, 'quest'>, id: QuestId): readonly QuestId[] {
  const ancestors = new Set<QuestId>()
  let parent = state.quest(id)?.parentId ?? null
  while (parent !== null && parent !== id && !ancestors.has(parent)) {
    const quest = state.quest(parent)
    if (quest === undefined) break
    ancestors.add(parent)
    parent = quest.parentId
  }
  return [...ancestors]
}

function isOpen(state: Dependencies, id: QuestId): boolean {
  const quest = state.quest(id)
  return quest !== undefined && quest.deletedAt === null && !isClosed(quest)
}

function pathTo(cameFrom: ReadonlyMap<QuestId, QuestId | null>, end: QuestId): readonly QuestId[] {
  const path: QuestId[] = []
  for (let id: QuestId | null = end; id !== null; id = cameFrom.get(id) ?? null) path.push(id)
  return path.reverse()
}
