import { afterEach, expect, test, vi } from 'vitest'
import { formatInstant, formatNumber, formatTimeOfWhen, formatWhen } from './format.ts'

const today = '2027-03-10'
const berlin = 'Europe/Berlin'

afterEach(() => vi.unstubAllGlobals())

test('a time of day is written the way of the language, and of the region in English', () => {
  const when = { dt: '2027-03-10T15:00' }
  expect(formatTimeOfWhen('de', when, berlin)).toBe('15:00')
  vi.stubGlobal('navigator', { languages: ['en-GB'] })
  expect(formatWhen('en', when, today, berlin)).toBe('Today 15:00')
  vi.stubGlobal('navigator', { languages: ['en-US'] })
  expect(formatWhen('en', when, today, berlin).replace(/\s/g, ' ')).toBe('Today 3:00 PM')
})

test('a time fixed to another zone is shown as the clocks here have it, on the day it is here', () => {
  const due = { dt: '2027-03-11T01:00', tz: 'Asia/Tokyo' }
  expect(formatWhen('de', due, today, berlin)).toBe('Heute 17:00')
  expect(formatWhen('de', due, today, 'Asia/Tokyo')).toBe('Morgen 01:00')
})

test('a date alone has no time', () => {
  expect(formatTimeOfWhen('de', { d: today }, berlin)).toBe(null)
  expect(formatWhen('de', { d: today }, today, berlin)).toBe('Heute')
})

test('a number is grouped the way of the language', () => {
  expect(formatNumber('en', 10_000)).toBe('10,000')
  expect(formatNumber('de', 10_000)).toBe('10.000')
})

test('a moment names its month in words, in every language', () => {
  const at = new Date(2027, 2, 10, 15, 0).getTime()
  expect(formatInstant('de', at)).toBe('10. März 2027, 15:00')
  vi.stubGlobal('navigator', { languages: ['en-GB'] })
  expect(formatInstant('en', at)).toBe('10 Mar 2027, 15:00')
})
