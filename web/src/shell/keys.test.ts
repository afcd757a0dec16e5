import type { WorkspaceRef } from '@questlog/shared/client/workspace-ref'
import { newId, type WorkspaceId } from '@questlog/shared/domain/kernel/ids'
import { expect, test } from 'vitest'
import { isOffered } from '../actions/action.ts'
import { isRepeating, matchChord } from '../actions/keymap.ts'
import { chordOf, keycaps } from '../ui/chords.ts'
import { actions } from './features.ts'

test('what can be done, in the order in which people find it, and its keys', () => {
  expect(actions.map(({ id, keys }) => [id, ...keys].join(' '))).toEqual([
    'palette mod+k',
    'search /',
    'quick-add q',
    'undo mod+z',
    'redo mod+shift+z mod+y',
    'keys ?',
    'new-project',
    'new-party',
    'next j ArrowDown',
    'previous k ArrowUp',
    'select x',
    'select-next shift+ArrowDown',
    'select-previous shift+ArrowUp',
    'reorder-up alt+ArrowUp',
    'reorder-down alt+ArrowDown',
    'open Enter',
    'close Escape',
    'complete c  ',
    'edit e',
    'due d',
    'priority-1 1',
    'priority-2 2',
    'priority-3 3',
    'priority-4 4',
    'tag t',
    'move m',
    'assign a',
    'trash Delete',
    'go-inbox g i',
    'go-today g t',
    'go-projects g p',
    'go-activity',
    'go-trash',
    'go-sync',
    'go-settings',
    'switch-log g w',
    'go-party',
    'go-keys',
  ])
})

test('no two actions have one id', () => {
  expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length)
})

test('no chord means two things, and no chord hides the first half of another', () => {
  const chords = actions.flatMap(({ keys }) => keys)
  expect(new Set(chords).size).toBe(chords.length)
  const starts = chords.filter((chord) => chord.length > 1 && chord.includes(' ')).map((chord) => chord.split(' ')[0])
  expect(chords.filter((chord) => starts.includes(chord))).toEqual([])
})

test('a two-key chord waits for its second key', () => {
  expect(idOf(matchChord(actions, null, 'g'))).toBe('pending')
  expect(idOf(matchChord(actions, 'g', 't'))).toBe('go-today')
  expect(idOf(matchChord(actions, 'g', 'x'))).toBe(null)
})

test('Space alone completes and is printed as a word', () => {
  expect(idOf(matchChord(actions, null, ' '))).toBe('complete')
  expect(keycaps(' ')).toEqual(['Space'])
  expect(keycaps('g i')).toEqual(['G', 'I'])
})

test('only movement, reordering, undo and redo repeat while their key is held', () => {
  expect(actions.flatMap((action) => (isRepeating(action) ? [action.id] : [])).toSorted()).toEqual([
    'next',
    'previous',
    'redo',
    'reorder-down',
    'reorder-up',
    'select-next',
    'select-previous',
    'undo',
  ])
  expect(isRepeating('pending')).toBe(false)
})

test('only the palette and Escape count while text is typed', () => {
  expect(actions.flatMap(({ id, inFields }) => (inFields === true ? [id] : []))).toEqual(['palette', 'close'])
})

test('assigning is offered in parties only, everything else in every log', () => {
  const missingIn = (kind: WorkspaceRef['kind']) => {
    const ref: WorkspaceRef = { id: newId<WorkspaceId>(), documentName: '', kind, name: '', role: 'owner' }
    return actions.flatMap((action) => (isOffered(action, { ref }) ? [] : [action.id]))
  }
  expect(missingIn('personal')).toEqual(['assign'])
  expect(missingIn('party')).toEqual([])
})

function idOf(match: ReturnType<typeof matchChord>): string | null {
  return match === null || match === 'pending' ? match : match.id
}

/** What pressing keys one after the other means; each as the character it prints and the place it has. */
function meaningOf(...presses: readonly Partial<KeyboardEvent>[]): string | null {
  let pending: string | null = null
  let match: ReturnType<typeof matchChord> = null
  for (const press of presses) {
    const event = { key: '', code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...press }
    const chord = chordOf(event)
    match = matchChord(actions, pending, chord)
    pending = match === 'pending' ? chord : null
  }
  return idOf(match)
}

test.each([
  ['Russian', 'quick-add', [{ key: 'й', code: 'KeyQ' }]],
  ['Russian', 'complete', [{ key: 'с', code: 'KeyC' }]],
  ['Russian with Caps Lock', 'select', [{ key: 'Ч', code: 'KeyX' }]],
  [
    'Russian',
    'go-today',
    [
      { key: 'п', code: 'KeyG' },
      { key: 'е', code: 'KeyT' },
    ],
  ],
  ['Russian', 'undo', [{ key: 'я', code: 'KeyZ', ctrlKey: true }]],
  ['Russian', 'redo', [{ key: 'Я', code: 'KeyZ', ctrlKey: true, shiftKey: true }]],
  ['Russian', 'palette', [{ key: 'л', code: 'KeyK', ctrlKey: true }]],
  ['Russian', 'search', [{ key: '/', code: 'Backslash', shiftKey: true }]],
  ['Russian', 'keys', [{ key: '?', code: 'Digit7', shiftKey: true }]],
  [
    'Greek, where Q is a sign',
    'quick-add',
    [
      { key: 'φ', code: 'KeyF' },
      { key: ';', code: 'KeyQ' },
    ],
  ],
  ['Hebrew', 'assign', [{ key: 'ש', code: 'KeyA' }]],
  ['Arabic', 'quick-add', [{ key: 'ض', code: 'KeyQ' }]],
  ['Arabic digits', 'priority-2', [{ key: '٢', code: 'Digit2' }]],
  ['Persian digits', 'priority-3', [{ key: '۳', code: 'Digit3' }]],
  ['Thai, where digits are letters', 'priority-1', [{ key: 'ๅ', code: 'Digit1' }]],
  ['Hindi, where letters are marks', 'quick-add', [{ key: 'ौ', code: 'KeyQ' }]],
  ['Korean', 'quick-add', [{ key: 'ㅂ', code: 'KeyQ' }]],
  ['English', 'quick-add', [{ key: 'q', code: 'KeyQ' }]],
  ['French, where A is on the key Q', 'assign', [{ key: 'a', code: 'KeyQ' }]],
  ['German, where Z is on the key Y', 'undo', [{ key: 'z', code: 'KeyY', ctrlKey: true }]],
  [
    'Dvorak, where ; is on the key Z',
    null,
    [
      { key: 'a', code: 'KeyA' },
      { key: ';', code: 'KeyZ', ctrlKey: true },
    ],
  ],
  [
    'Turkish, where ı is on the key I',
    null,
    [
      { key: 'g', code: 'KeyG' },
      { key: 'ı', code: 'KeyI' },
    ],
  ],
  ['a keyboard on a screen', 'quick-add', [{ key: 'q', code: '' }]],
  ['a Russian one on a screen', null, [{ key: 'й', code: '' }]],
  [
    'Russian',
    'open',
    [
      { key: 'й', code: 'KeyQ' },
      { key: 'Enter', code: 'Enter' },
    ],
  ],
] as const)('%s: %s', (_, action, presses) => {
  expect(meaningOf(...presses)).toBe(action)
})

test('English letters count again after Russian ones', () => {
  expect(meaningOf({ key: 'й', code: 'KeyQ' })).toBe('quick-add')
  expect(meaningOf({ key: 'q', code: 'KeyQ' })).toBe('quick-add')
  expect(meaningOf({ key: ';', code: 'KeyZ', ctrlKey: true })).toBe(null)
})
