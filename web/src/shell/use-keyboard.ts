import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import { useEffect } from 'react'
import type { Action } from '../actions/action.ts'
import { isRepeating, type Match, matchChord } from '../actions/keymap.ts'
import { usePreferences } from '../theme/preferences.ts'
import { chordOf } from '../ui/chords.ts'
import { isComposing } from '../ui/composing.ts'
import { useDialog } from '../ui/dialogs.ts'
import { isFieldAwaited, isListGround, takesEnterAndSpace, takesText } from '../ui/focus.ts'
import { actsOnFocus, createHeldKeys } from './held-keys.ts'

const sequenceMs = 1500

/** Listens for the keys of the actions while a workspace is on screen. */
export function useKeyboard(workspace: Workspace, actions: readonly Action[]): void {
  useEffect(() => {
    let pending: string | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    const forget = () => {
      pending = null
      clearTimeout(timer)
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isComposing(event) || isModalOpen()) return
      const chord = chordOf(event)
      if (isFieldAwaited() && chord !== 'Escape') {
        if (isText(chord)) event.preventDefault()
        return
      }
      const match = matchChord(actions, pending, chord)
      if (event.repeat && !isRepeating(match)) {
        if (match !== null && isMeant(match, chord, event.target)) event.preventDefault()
        return
      }
      forget()
      if (match === null || !isMeant(match, chord, event.target)) return
      if (match === 'pending') {
        pending = chord
        timer = setTimeout(forget, sequenceMs)
        return
      }
      if (match.run(workspace)) event.preventDefault()
    }
    const held = createHeldKeys()
    const onAnyKeyDown = (event: KeyboardEvent) => {
      const isFromElsewhere = held.press(event)
      if (isComposing(event)) {
        // No field, dialog or list is to act on it. The editor of notes has to know of it, and keeps it to itself.
        if (!isEditable(event.target)) event.stopPropagation()
        return
      }
      if (!isFromElsewhere || !actsOnFocus(event) || isListMove(event, actions)) return
      event.preventDefault()
      event.stopPropagation()
    }
    const listening = new AbortController()
    const { signal } = listening
    // Before any element sees the key: what took the focus meanwhile answers keys of its own.
    window.addEventListener('keydown', onAnyKeyDown, { signal, capture: true })
    window.addEventListener('keyup', held.release, { signal, capture: true })
    document.addEventListener('keydown', onKeyDown, { signal })
    return () => {
      forget()
      listening.abort()
    }
  }, [workspace, actions])
}

function isEditable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.isContentEditable
}

/** Whether a key is one that moves through the list: it takes the focus along and goes on while it is held. */
function isListMove(event: KeyboardEvent, actions: readonly Action[]): boolean {
  return !takesText(event.target) && isRepeating(matchChord(actions, null, chordOf(event)))
}

/** Whether a key would act on the text of a field that has the focus. */
function isText(chord: string): boolean {
  return /^(shift\+)?(.|Enter|Delete|Backspace|Arrow\w+)$/.test(chord)
}

/** A dialog or menu handles its own keys. The full-screen editor is a dialog too, but only in shape. */
function isModalOpen(): boolean {
  if (useDialog.getState().Dialog !== null) return true
  return document.querySelector('[role="dialog"]:not([data-editor]), [role="menu"]') !== null
}

function isMeant(match: Exclude<Match, null>, chord: string, target: EventTarget | null): boolean {
  if (match !== 'pending' && match.inFields === true) return true
  if (takesText(target)) return false
  if ((chord === ' ' || chord === 'Enter') && takesEnterAndSpace(target)) return false
  if (chord.endsWith('ArrowUp') || chord.endsWith('ArrowDown')) return isListGround(target)
  const isSingleKey = chord.length === 1 && chord !== ' '
  return !isSingleKey || usePreferences.getState().singleKeys
}
