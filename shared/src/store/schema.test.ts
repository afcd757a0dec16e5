import { describe, expect, test } from 'vitest'
import type { FieldValue } from '../domain/kernel/record-write.ts'
import { TABLE_NAMES } from '../domain/kernel/record-write.ts'
import { requiredFields } from '../domain/kinds/record-kinds.ts'
import { accessFor, isVisible, SCHEMA_VERSIONS } from './schema.ts'

const { reader, writer } = SCHEMA_VERSIONS

test.each([
  ['read-write', { reader, writer }],
  ['read-write', { reader: reader - 1, writer: writer - 1 }],
  ['read-only', { reader, writer: writer + 1 }],
  ['none', { reader: reader + 1, writer: writer + 1 }],
  ['none', { reader: reader + 1, writer }],
] as const)('[R15] %s access to a document that asks for %o', (access, required) => {
  expect(accessFor(required)).toBe(access)
})

describe.each(TABLE_NAMES.map((table) => ({ table, required: requiredFields(table) })))(
  '$table',
  ({ table, required }) => {
    const whole: { [path: string]: FieldValue } = Object.fromEntries(required.map((path) => [path, 'x']))

    test('[R8] shows a record that has all required fields, or any field where none are required', () => {
      expect(isVisible(table, required.length > 0 ? whole : { anything: 'x' })).toBe(true)
    })

    test('[R8] shows no record that lacks one of them, or has no field at all', () => {
      expect(isVisible(table, {})).toBe(false)
      for (const path of required) {
        const { [path]: _missing, ...rest } = whole
        expect(isVisible(table, { ...rest, more: 1 })).toBe(false)
      }
    })
  },
)
