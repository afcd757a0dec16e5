import { describe, expect, it } from 'vitest'
import { checkGiven } from '../fields/field.ts'
import { checkLine } from '../fields/value-types.ts'
import { tagFields } from '../groups/group-fields.ts'
import { type QuestEditField, questFields } from './quest-fields.ts'

const reasonOf = (field: QuestEditField, value: unknown): string => {
  const checked = checkGiven(questFields[field], value)
  return checked.ok ? 'ok' : checked.error
}

describe('a title', () => {
  it('is trimmed, and 1 to 500 characters long', () => {
    expect(checkLine('  Slay  ', 500)).toEqual({ ok: true, value: 'Slay' })
    expect(reasonOf('title', ' \u00a0 ')).toBe('empty')
    expect(reasonOf('title', 'x'.repeat(500))).toBe('ok')
    expect(reasonOf('title', 'x'.repeat(501))).toBe('too-long')
  })

  it('counts a character outside the basic plane once', () => {
    expect(reasonOf('title', '🐉'.repeat(500))).toBe('ok')
    expect(reasonOf('title', '🐉'.repeat(501))).toBe('too-long')
  })

  it('holds no control characters and no half of a character', () => {
    for (const control of ['\n', '\t', '\u0000', '\u007f', '\u0085']) {
      expect(reasonOf('title', `a${control}b`)).toBe('control-characters')
    }
    expect(reasonOf('title', 'a\ud83d')).toBe('malformed')
    expect(reasonOf('title', 5)).toBe('malformed')
  })
})

describe('the other fields', () => {
  it('take their options only', () => {
    expect(reasonOf('status', 'waiting')).toBe('ok')
    expect(reasonOf('status', 'done')).toBe('not-an-option')
    expect(reasonOf('priority', 4)).toBe('ok')
    expect(reasonOf('priority', '1')).toBe('not-an-option')
    expect(reasonOf('difficulty', null)).toBe('not-an-option')
    expect(reasonOf('energy', null)).toBe('ok')
    expect(reasonOf('energy', 'high')).toBe('not-an-option')
  })

  it('take real dates in zones this device knows', () => {
    expect(reasonOf('due', { d: '2028-02-29' })).toBe('ok')
    expect(reasonOf('due', null)).toBe('ok')
    expect(reasonOf('due', { d: '2026-02-29' })).toBe('not-a-date')
    expect(reasonOf('start', { dt: '2026-01-01T25:00' })).toBe('not-a-date')
    expect(reasonOf('deadline', { dt: '2026-01-01T10:00', tz: 'Mars/Olympus' })).toBe('unknown-zone')
  })

  it('take whole minutes, one to a year of them', () => {
    expect(reasonOf('estimateMin', 45)).toBe('ok')
    expect(reasonOf('estimateMin', 1.5)).toBe('not-an-integer')
    expect(reasonOf('estimateMin', Number.NaN)).toBe('not-an-integer')
    expect([0, -5, 525_601].map((minutes) => reasonOf('estimateMin', minutes))).toEqual(Array(3).fill('out-of-range'))
  })

  it('take a recurrence as it is stored', () => {
    expect(reasonOf('recurrence', { rrule: 'FREQ=DAILY' })).toBe('malformed')
  })
})

it('a colour is #rrggbb, in lower case', () => {
  expect(checkGiven(tagFields.color, '#A0B1C2')).toEqual({ ok: true, value: '#a0b1c2' })
  expect(checkGiven(tagFields.color, 'red')).toEqual({ ok: false, error: 'malformed' })
  expect(checkGiven(tagFields.color, null)).toEqual({ ok: true, value: null })
})
