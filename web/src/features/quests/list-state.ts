import type { QuestId } from '@questlog/shared/domain/kernel/ids'
import { create } from 'zustand'

/** What is on screen but not in the log: the row in hand and the selection. */
export interface UiState {
  /** Quests of the list on screen, in order, done ones included. */
  readonly visibleIds: readonly QuestId[]
  readonly activeId: QuestId | null
  readonly selection: ReadonlySet<QuestId>
  /** Whether a press on a row selects it; for hands without a keyboard. */
  readonly selecting: boolean
  /** Grows by one whenever keys ask the active row to take the focus. */
  readonly focusRequest: number
  /** Grows by one whenever the active row is to be seen while the focus stays where it is. */
  readonly revealRequest: number
  /** Quests completed a moment ago; their rows stay in place while they celebrate. */
  readonly celebrating: ReadonlySet<QuestId>
}

export const useUi = create<UiState>(() => ({
  visibleIds: [],
  activeId: null,
  selection: new Set(),
  selecting: false,
  focusRequest: 0,
  revealRequest: 0,
  celebrating: new Set(),
}))

/** How long a completed row keeps its place, in milliseconds. */
export const celebrationMs = 900

/** Keeps a completed quest's row in place for one short celebration. */
export function celebrate(id: QuestId): void {
  useUi.setState(({ celebrating }) => ({ celebrating: new Set(celebrating).add(id) }))
  setTimeout(() => {
    useUi.setState(({ celebrating }) => {
      const next = new Set(celebrating)
      next.delete(id)
      return { celebrating: next }
    })
  }, celebrationMs)
}

/** Makes a row the one keys act on; with `focus` its title takes the keyboard focus too. */
export function activate(id: QuestId | null, focus = false): void {
  useUi.setState((state) => ({ activeId: id, focusRequest: focus ? state.focusRequest + 1 : state.focusRequest }))
}

/** Makes a row the one keys act on and scrolls it into view; the focus stays where it is. */
export function reveal(id: QuestId): void {
  useUi.setState((state) => ({ activeId: id, revealRequest: state.revealRequest + 1 }))
}

/**
 * Brings the first of these quests into view where the list on screen has one. The focus goes there too, unless it is
 * on something that keeps it: a field, or a button that may be pressed again.
 */
export function showAmong(ids: ReadonlySet<QuestId>): void {
  const shown = useUi.getState().visibleIds.find((id) => ids.has(id))
  if (shown === undefined) return
  reveal(shown)
  const { activeElement } = document
  const isFree = activeElement === document.body || activeElement?.closest('#main [data-quest], [data-toast]') != null
  if (isFree || activeElement?.id === 'main') activate(shown, true)
}

/** Moves the active row by a number of rows; with `select` the rows passed join the selection. Returns whether it could. */
export function moveActive(by: number, select = false): boolean {
  const { visibleIds, activeId, selection } = useUi.getState()
  const at = activeId === null ? -1 : visibleIds.indexOf(activeId)
  const target = at === -1 ? (by > 0 ? 0 : visibleIds.length - 1) : clamp(at + by, visibleIds.length)
  const id = visibleIds[target]
  if (id === undefined) return false
  if (select) {
    const next = new Set(selection).add(id)
    if (activeId !== null) next.add(activeId)
    useUi.setState({ selection: next })
  }
  activate(id, true)
  return true
}

function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(length - 1, index))
}

/** Adds a quest to the selection or takes it out. */
export function toggleSelected(id: QuestId): void {
  useUi.setState(({ selection }) => {
    const next = new Set(selection)
    if (!next.delete(id)) next.add(id)
    return { selection: next }
  })
}

/** Makes presses on rows select them, beginning with `first` if one is given. */
export function startSelecting(first: QuestId | null): void {
  useUi.setState(({ selection }) => ({
    selecting: true,
    selection: first === null ? selection : new Set(selection).add(first),
  }))
}

/** Selects every quest of the list on screen. */
export function selectAllVisible(): void {
  useUi.setState(({ visibleIds }) => ({ selecting: true, selection: new Set(visibleIds) }))
}

/** Empties the selection; presses on rows open quests again. */
export function endSelecting(): void {
  const { selection, selecting } = useUi.getState()
  if (selecting || selection.size > 0) useUi.setState({ selecting: false, selection: new Set() })
}

/** The quests a command acts on: the selection, or else the quest in hand. */
export function targetIds(): readonly QuestId[] {
  const { selection, visibleIds } = useUi.getState()
  if (selection.size > 0) return visibleIds.filter((id) => selection.has(id))
  const id = inHand()
  return id === null ? [] : [id]
}

/** The quest keys act on: the active row while it is on screen, in the list or in the editor. */
export function inHand(): QuestId | null {
  const { activeId, visibleIds } = useUi.getState()
  if (activeId === null || visibleIds.includes(activeId)) return activeId
  return new URLSearchParams(location.search).get('quest') === activeId ? activeId : null
}
