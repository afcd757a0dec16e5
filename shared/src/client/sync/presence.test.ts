import { expect, test } from 'vitest'
import { applyAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { createPresence, encodePresence } from './presence.ts'

/** What another device learns from a message. */
function heard(update: Uint8Array): unknown[] {
  const other = createPresence()
  applyAwarenessUpdate(other, update, 'test')
  const states = [...other.getStates()].filter(([client]) => client !== other.clientID)
  other.doc.destroy()
  return states
}

const caret = (client: number) => {
  const at = Y.createRelativePositionFromJSON({ type: null, tname: null, item: { client, clock: 3 }, assoc: 0 })
  return { anchor: at, head: at }
}

test('[R30] an editor finds itself under the id of the presence, by which it leaves its own caret out', () => {
  const presence = createPresence()
  expect(presence.doc.clientID).toBe(presence.clientID)
  presence.doc.destroy()
})

test('[R30] of a state only what names an unknown id stays out', () => {
  const presence = createPresence()
  presence.setLocalState({ user: { name: 'Ann' }, cursor: caret(7), elsewhere: [{ deep: caret(8) }] })
  const { update, isHeldBack } = encodePresence(presence, (client) => client === 7)
  expect([isHeldBack, heard(update)]).toEqual([
    true,
    [[presence.clientID, { user: { name: 'Ann' }, cursor: JSON.parse(JSON.stringify(caret(7))) }]],
  ])
  const whole = encodePresence(presence, () => true)
  expect([whole.isHeldBack, JSON.stringify(heard(whole.update)).includes('"client":8')]).toEqual([false, true])
  presence.doc.destroy()
})

test('[R30] a device that leaves says so, whatever was held back', () => {
  const presence = createPresence()
  presence.setLocalState({ cursor: caret(7) })
  presence.setLocalState(null)
  expect(heard(encodePresence(presence, () => false).update)).toEqual([])
  expect(encodePresence(presence, () => false).isHeldBack).toBe(false)
  presence.doc.destroy()
})
