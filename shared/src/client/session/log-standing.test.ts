import { expect, test } from 'vitest'
import type { WorkspaceRef } from '../workspace-ref.ts'
import { isSamePerson, standingOf } from './log-standing.ts'

const ana = { id: 'ana', email: 'ana@example.org', displayName: 'Ana' }
const ben = { id: 'ben', email: 'ben@example.org', displayName: 'Ben' }
const ref: WorkspaceRef = {
  id: 'log' as WorkspaceRef['id'],
  documentName: 'w:log:1',
  name: 'Personal',
  kind: 'personal',
  role: 'owner',
}

test('a log stands by whose it is, who is signed in, and what the server has told', () => {
  const log = { ref, owner: ana }
  expect([
    standingOf({ ref, owner: null }, ana, [ref]),
    standingOf(log, null, null),
    standingOf(log, ben, []),
    standingOf(log, ana, null),
    standingOf(log, ana, [ref]),
    standingOf(log, ana, [{ ...ref, id: 'other' as WorkspaceRef['id'] }]),
  ]).toEqual(['local', 'signed-out', 'another', 'own', 'own', 'unknown'])
})

test('whoever signs up again with their address is the same person, however it is written', () => {
  expect([
    isSamePerson(ana, { ...ana, id: 'new', email: 'Ana@Example.org' }),
    isSamePerson(ana, { ...ana, email: 'new@example.org' }),
    isSamePerson(ana, ben),
  ]).toEqual([true, true, false])
})
