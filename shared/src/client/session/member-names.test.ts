import { expect, test } from 'vitest'
import type { MemberResponse } from '../../protocol/members.ts'
import { memoryKeyValues } from '../testing/memory-key-value.ts'
import { openMemberNames } from './member-names.ts'

const ana: MemberResponse = {
  userId: 'ana',
  displayName: 'Ana',
  email: 'ana@example.org',
  role: 'owner',
  joinedAt: '2027-01-01T00:00:00.000Z',
}
const named = [{ userId: 'ana', displayName: 'Ana', role: 'owner' }]

test('members are known at the next start, by name and role alone', () => {
  const device = memoryKeyValues()
  openMemberNames(device.open()).keep('party', [ana])
  const later = openMemberNames(device.open())
  expect([later.of('party'), later.of('other')]).toEqual([named, []])
})

test('whoever watches hears of another member, and not of the same ones again', () => {
  const members = openMemberNames(memoryKeyValues().open())
  const heard: unknown[] = []
  members.state.subscribe(() => heard.push(members.of('party')))
  members.keep('party', [ana])
  members.keep('party', [ana])
  expect(heard).toEqual([named])
})

test('a party that is removed from the device leaves no names behind', () => {
  const device = memoryKeyValues()
  const members = openMemberNames(device.open())
  members.keep('party', [ana])
  members.forget('party')
  expect([members.of('party'), openMemberNames(device.open()).of('party')]).toEqual([[], []])
})
