import type { WorkspaceRef } from '@questlog/shared/client/workspace/workspace'
import type { MessageKey } from '../i18n/translate.ts'

/** Everything a person can do by key or palette. */
export type ActionId =
  | 'palette'
  | 'search'
  | 'quick-add'
  | 'keys'
  | 'next'
  | 'previous'
  | 'select-next'
  | 'select-previous'
  | 'select'
  | 'open'
  | 'close'
  | 'complete'
  | 'edit'
  | 'due'
  | 'priority-1'
  | 'priority-2'
  | 'priority-3'
  | 'priority-4'
  | 'tag'
  | 'move'
  | 'assign'
  | 'reorder-up'
  | 'reorder-down'
  | 'trash'
  | 'undo'
  | 'redo'
  | 'go-inbox'
  | 'go-today'
  | 'go-projects'
  | 'go-activity'
  | 'go-trash'
  | 'go-sync'
  | 'go-settings'
  | 'go-party'
  | 'go-keys'
  | 'switch-log'
  | 'new-party'
  | 'new-project'

export type KeyGroup = 'general' | 'list' | 'quest' | 'go'

export interface Binding {
  readonly action: ActionId
  readonly label: MessageKey
  readonly group: KeyGroup
  /**
   * Chords: modifiers in the order mod, alt, shift, then the `event.key`; two chords with a space between are pressed
   * one after the other. `mod` is ⌘ on Apple devices and Ctrl elsewhere.
   */
  readonly keys: readonly string[]
  /** Whether a key held down carries the action out again and again. Others would destroy more than was meant. */
  readonly repeats?: true
}

/** The one table of keys; `?` lists it and the palette shows it. */
export const keymap: readonly Binding[] = [
  { action: 'palette', label: 'action.palette', group: 'general', keys: ['mod+k'] },
  { action: 'search', label: 'action.search', group: 'general', keys: ['/'] },
  { action: 'quick-add', label: 'action.quickAdd', group: 'general', keys: ['q'] },
  { action: 'undo', label: 'undo', group: 'general', keys: ['mod+z'], repeats: true },
  { action: 'redo', label: 'redo', group: 'general', keys: ['mod+shift+z', 'mod+y'], repeats: true },
  { action: 'keys', label: 'action.keys', group: 'general', keys: ['?'] },
  { action: 'new-project', label: 'project.new', group: 'general', keys: [] },
  { action: 'new-party', label: 'action.newParty', group: 'general', keys: [] },
  { action: 'next', label: 'action.next', group: 'list', keys: ['j', 'ArrowDown'], repeats: true },
  { action: 'previous', label: 'action.previous', group: 'list', keys: ['k', 'ArrowUp'], repeats: true },
  { action: 'select', label: 'action.select', group: 'list', keys: ['x'] },
  { action: 'select-next', label: 'action.selectNext', group: 'list', keys: ['shift+ArrowDown'], repeats: true },
  { action: 'select-previous', label: 'action.selectPrevious', group: 'list', keys: ['shift+ArrowUp'], repeats: true },
  { action: 'reorder-up', label: 'action.reorderUp', group: 'list', keys: ['alt+ArrowUp'], repeats: true },
  { action: 'reorder-down', label: 'action.reorderDown', group: 'list', keys: ['alt+ArrowDown'], repeats: true },
  { action: 'open', label: 'action.open', group: 'quest', keys: ['Enter'] },
  { action: 'close', label: 'close', group: 'quest', keys: ['Escape'] },
  { action: 'complete', label: 'action.complete', group: 'quest', keys: ['c', ' '] },
  { action: 'edit', label: 'action.edit', group: 'quest', keys: ['e'] },
  { action: 'due', label: 'action.due', group: 'quest', keys: ['d'] },
  { action: 'priority-1', label: 'priority.1', group: 'quest', keys: ['1'] },
  { action: 'priority-2', label: 'priority.2', group: 'quest', keys: ['2'] },
  { action: 'priority-3', label: 'priority.3', group: 'quest', keys: ['3'] },
  { action: 'priority-4', label: 'priority.4', group: 'quest', keys: ['4'] },
  { action: 'tag', label: 'action.tag', group: 'quest', keys: ['t'] },
  { action: 'move', label: 'action.move', group: 'quest', keys: ['m'] },
  { action: 'assign', label: 'action.assign', group: 'quest', keys: ['a'] },
  { action: 'trash', label: 'quest.trash', group: 'quest', keys: ['Delete'] },
  { action: 'go-inbox', label: 'action.goInbox', group: 'go', keys: ['g i'] },
  { action: 'go-today', label: 'action.goToday', group: 'go', keys: ['g t'] },
  { action: 'go-projects', label: 'action.goProjects', group: 'go', keys: ['g p'] },
  { action: 'go-activity', label: 'action.goActivity', group: 'go', keys: [] },
  { action: 'go-trash', label: 'action.goTrash', group: 'go', keys: [] },
  { action: 'go-sync', label: 'action.goSync', group: 'go', keys: [] },
  { action: 'go-settings', label: 'action.goSettings', group: 'go', keys: [] },
  { action: 'switch-log', label: 'party.choose', group: 'go', keys: ['g w'] },
  { action: 'go-party', label: 'action.goParty', group: 'go', keys: [] },
  { action: 'go-keys', label: 'action.goKeys', group: 'go', keys: [] },
]

/** Whether an action can mean something in a log of this kind: a personal log has nobody to assign quests to. */
export function isForLog({ action }: Binding, kind: WorkspaceRef['kind']): boolean {
  return action !== 'assign' || kind === 'party'
}

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** A pressed key as a chord of the table. Shift is part of a printed character, so it is named for other keys only. */
export function chordOf(event: Press): string {
  const mod = isApple ? event.metaKey : event.ctrlKey
  const key = keyOf(event)
  const isCharacter = key.length === 1
  const namesShift = event.shiftKey && (!isCharacter || mod || event.altKey || /^\p{L}$/u.test(key))
  return `${mod ? 'mod+' : ''}${event.altKey ? 'alt+' : ''}${namesShift ? 'shift+' : ''}${key}`
}

const foreign = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]|(?!\d)\p{Nd}/u
/** By the last letter that was pressed: a sign does not tell, and the letter Q of a Greek keyboard is one. */
let printsLatin = true

/**
 * What a key is called in the table: the character it prints, in lower case or, on a keyboard of another script, the
 * Latin letter or the digit that is on the same key.
 */
function keyOf({ key, code }: Pick<Press, 'key' | 'code'>): string {
  const isForeign = foreign.test(key)
  if (isForeign || /^\p{L}$/u.test(key)) printsLatin = !isForeign
  const [, kind, printedThere] = /^(Key|Digit)(.)$/.exec(code) ?? []
  const isElsewhere = !printsLatin && (isForeign || kind === 'Key')
  const name = isElsewhere ? (printedThere ?? key) : key
  return name.length === 1 ? name.toLowerCase() : name
}

/** What pressing a chord means, perhaps after another: an action, the first half of one, or nothing. */
export function matchChord(pending: string | null, chord: string): ActionId | 'pending' | null {
  const pressed = pending === null ? chord : `${pending} ${chord}`
  const exact = keymap.find(({ keys }) => keys.includes(pressed))
  if (exact !== undefined) return exact.action
  return keymap.some(({ keys }) => keys.some((key) => key.startsWith(`${pressed} `))) ? 'pending' : null
}

/** Whether an action is carried out again and again while its key is held. */
export function isRepeating(match: ActionId | 'pending' | null): boolean {
  return keymap.some(({ action, repeats }) => action === match && repeats === true)
}

const printed: { readonly [key: string]: string } = {
  mod: isApple ? '⌘' : 'Ctrl',
  alt: isApple ? '⌥' : 'Alt',
  shift: isApple ? '⇧' : 'Shift',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
}

/** A chord as its keycaps: `mod+shift+z` gives Ctrl, Shift, Z. */
export function keycaps(chord: string): readonly string[] {
  if (chord === ' ') return ['Space']
  return chord.split(' ').flatMap((part) => part.split('+').map((key) => printed[key] ?? capital(key)))
}

function capital(key: string): string {
  return key.length === 1 ? key.toUpperCase() : key
}
