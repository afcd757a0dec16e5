import { expect, test } from 'vitest'
import { memoryKeyValues } from '../testing/memory-key-value.ts'
import { createAccountMemory, onOtherPerson } from './account-memory.ts'

const ana = { kind: 'signed-in', user: { id: 'ana', email: 'ana@example.org', displayName: 'Ana' } }

test('who is signed in is remembered over the end of a run, and nobody where nothing could be kept', () => {
  const device = memoryKeyValues()
  createAccountMemory(device.open()).write(ana)
  expect(createAccountMemory(device.open()).read()).toEqual(ana)
  const full = memoryKeyValues()
  full.fill(true)
  createAccountMemory(full.open()).write(ana)
  expect(createAccountMemory(full.open()).read()).toBeNull()
})

test('a window hears when another one signs somebody in or out, and not of what it does itself or of the same person', () => {
  const device = memoryKeyValues()
  const here = device.open()
  const [own, other] = [createAccountMemory(here), createAccountMemory(device.open())]
  const heard: unknown[] = []
  onOtherPerson(here, () => heard.push(own.read()))
  own.write({ kind: 'signing-out' })
  other.write(ana)
  other.write({ ...ana, at: 1 })
  other.write(null)
  expect(heard).toEqual([ana, null])
})
