import { describe, expect, it } from 'vitest'
import { dayAt } from './day.ts'
import { compareWhens, instantOfWhen, isDueOn, isOverdue, localDateOfWhen, parseWhen, type When } from './when.ts'
import { instantOfWallClock, isKnownZone, zoneOffsetMs } from './zone.ts'

const at = (text: string): number => Date.parse(text)

describe('parseWhen', () => {
  it('reads a date, a floating time and a zoned time', () => {
    const whens: readonly When[] = [
      { d: '2028-02-29' },
      { dt: '2026-03-29T23:59' },
      { dt: '2026-03-29T02:30', tz: 'Europe/Berlin' },
    ]
    expect(whens.map(parseWhen)).toEqual(whens)
  })

  it('refuses dates that do not exist, other forms, and anything else', () => {
    const values = [
      { d: '2026-02-29' },
      { d: '1900-02-29' },
      { d: '2026-13-01' },
      { d: '2026-1-1' },
      { d: '0000-01-01' },
      { d: 20260101 },
      { d: '2026-01-01T10:00' },
      { dt: '2026-01-01' },
      { dt: '2026-01-01T24:00' },
      { dt: '2026-01-01T10:00:00' },
      { dt: '2026-01-01T10:00', tz: '' },
      { dt: '2026-01-01T10:00', tz: 5 },
      {},
      null,
      'tomorrow',
      [],
    ]
    expect(values.map(parseWhen)).toEqual(values.map(() => null))
  })

  it('reads a time in a zone this device does not know, which then has its own date', () => {
    const when = parseWhen({ dt: '2026-01-01T23:30', tz: 'Mars/Olympus' })
    expect(when).not.toBeNull()
    expect(when && localDateOfWhen(when, 'Asia/Tokyo')).toBe('2026-01-01')
  })
})

describe('the local date of a When', () => {
  it('is the same everywhere for a date and a floating time', () => {
    for (const tz of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      expect(localDateOfWhen({ d: '2026-05-01' }, tz)).toBe('2026-05-01')
      expect(localDateOfWhen({ dt: '2026-05-01T00:30' }, tz)).toBe('2026-05-01')
    }
  })

  it('is the reader’s for a zoned time', () => {
    const when = { dt: '2026-05-01T20:00', tz: 'America/New_York' }
    expect(localDateOfWhen(when, 'America/New_York')).toBe('2026-05-01')
    expect(localDateOfWhen(when, 'Asia/Tokyo')).toBe('2026-05-02')
    expect(isDueOn(when, '2026-05-02', 'Asia/Tokyo')).toBe(true)
    expect(isDueOn(when, '2026-05-01', 'Asia/Tokyo')).toBe(false)
  })
})

describe('the instant of a wall clock', () => {
  it('moves later by the gap when a clock change skips it', () => {
    expect(instantOfWallClock('2026-03-29T02:30', 'Europe/Berlin')).toBe(at('2026-03-29T01:30Z'))
    expect(instantOfWallClock('2026-03-08T02:30', 'America/New_York')).toBe(at('2026-03-08T07:30Z'))
  })

  it('is the first of two when it happens twice', () => {
    expect(instantOfWallClock('2026-10-25T02:30', 'Europe/Berlin')).toBe(at('2026-10-25T00:30Z'))
    expect(instantOfWallClock('2026-11-01T01:30', 'America/New_York')).toBe(at('2026-11-01T05:30Z'))
  })

  it('follows half-hour clock changes, and zones that skipped a day', () => {
    expect(instantOfWallClock('2026-10-04T02:15', 'Australia/Lord_Howe')).toBe(at('2026-10-03T15:45Z'))
    expect(instantOfWallClock('2011-12-31T00:00', 'Pacific/Apia')).toBe(at('2011-12-30T10:00Z'))
  })

  it('starts a date at its first hour where midnight is skipped', () => {
    expect(instantOfWhen({ d: '2026-09-06' }, 'America/Santiago')).toBe(at('2026-09-06T04:00Z'))
  })
})

describe('isOverdue', () => {
  const clock = { now: at('2026-03-10T02:00Z'), tz: 'UTC', dayStartHour: 0 }

  it('lets a date last until its day has ended, the day start included', () => {
    expect(isOverdue({ d: '2026-03-09' }, clock)).toBe(true)
    expect(isOverdue({ d: '2026-03-10' }, clock)).toBe(false)
    expect(isOverdue({ d: '2026-03-09' }, { ...clock, dayStartHour: 3 })).toBe(false)
  })

  it('ends a time when its minute begins', () => {
    expect(isOverdue({ dt: '2026-03-10T01:59' }, clock)).toBe(true)
    expect(isOverdue({ dt: '2026-03-10T02:00' }, clock)).toBe(false)
    expect(isOverdue({ dt: '2026-03-10T02:30', tz: 'Europe/Berlin' }, clock)).toBe(true)
  })
})

describe('compareWhens', () => {
  it('orders by date, a whole day first, then by instant', () => {
    const ordered: readonly When[] = [
      { dt: '2026-03-09T23:00' },
      { d: '2026-03-10' },
      { dt: '2026-03-10T09:30', tz: 'Europe/Berlin' },
      { dt: '2026-03-10T09:00' },
      { d: '2026-03-11' },
    ]
    expect([...ordered].reverse().sort((a, b) => compareWhens(a, b, 'UTC'))).toEqual(ordered)
  })
})

describe('dayAt', () => {
  it('stays on the day before until the wall clock shows the day start', () => {
    expect(dayAt(at('2026-03-10T03:59Z'), 'UTC', 4)).toBe('2026-03-09')
    expect(dayAt(at('2026-03-10T04:00Z'), 'UTC', 4)).toBe('2026-03-10')
    expect(dayAt(at('2026-03-01T00:30Z'), 'UTC', 1)).toBe('2026-02-28')
  })

  it('begins the day at the same wall clock through a clock change', () => {
    // 04:30 summer time, 3.5 hours after midnight: subtracting hours from the instant would say the 28th.
    expect(dayAt(at('2026-03-29T02:30Z'), 'Europe/Berlin', 4)).toBe('2026-03-29')
    expect(dayAt(at('2026-10-25T02:30Z'), 'Europe/Berlin', 4)).toBe('2026-10-24')
  })

  it('is the zone’s date', () => {
    expect(dayAt(at('2026-03-10T10:30Z'), 'Pacific/Kiritimati', 0)).toBe('2026-03-11')
    expect(dayAt(at('2026-03-10T10:30Z'), 'Pacific/Pago_Pago', 0)).toBe('2026-03-09')
  })
})

describe('zones', () => {
  it('an unknown zone is known as such, and counts as UTC', () => {
    expect(isKnownZone('Europe/Berlin')).toBe(true)
    expect(isKnownZone('Mars/Olympus')).toBe(false)
    expect(zoneOffsetMs(0, 'Mars/Olympus')).toBe(0)
  })

  it('offsets hold before the epoch and within a second', () => {
    expect(zoneOffsetMs(at('2026-07-01T00:00:00.999Z'), 'Asia/Kathmandu')).toBe(345 * 60_000)
    expect(zoneOffsetMs(at('1965-01-01T00:00:00.500Z'), 'Asia/Tokyo')).toBe(540 * 60_000)
  })
})
