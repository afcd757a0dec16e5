import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays, isRealDate, utcMsOfDate } from './calendar-date.ts'
import { dayAt } from './day.ts'
import { compareWhens, instantOfWhen, localDateOfWhen, type When } from './when.ts'
import { instantOfWallClock, wallClockAt, zoneOffsetMs } from './zone.ts'

const zone = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Santiago',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Antarctica/Troll',
)
const instant = fc
  .integer({ min: Date.UTC(1975, 0), max: (Date.UTC(2037, 11) / 60_000) * 60_000 })
  .map((ms) => ms - (ms % 60_000))
const date = fc
  .integer({ min: Date.UTC(1975, 0), max: Date.UTC(2037, 11) })
  .map((ms) => new Date(ms).toISOString().slice(0, 10))
const dateTime = fc
  .tuple(date, fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([day, hour, minute]) => `${day}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
const when: fc.Arbitrary<When> = fc.oneof(
  date.map((d) => ({ d })),
  dateTime.map((dt) => ({ dt })),
  fc.record({ dt: dateTime, tz: zone }),
)

it('an instant’s wall clock leads back to it, or to the first of two instants with that wall clock', () => {
  fc.assert(
    fc.property(instant, zone, (at, tz) => {
      const wall = new Date(at + zoneOffsetMs(at, tz)).toISOString().slice(0, 16)
      const back = instantOfWallClock(wall, tz)
      expect(back).toBeLessThanOrEqual(at)
      expect(new Date(back + zoneOffsetMs(back, tz)).toISOString().slice(0, 16)).toBe(wall)
    }),
    { numRuns: 2000 },
  )
})

it('a wall clock that is skipped moves later, by no more than the change', () => {
  fc.assert(
    fc.property(dateTime, zone, (wall, tz) => {
      const at = instantOfWallClock(wall, tz)
      const shown = at + zoneOffsetMs(at, tz) - Date.parse(`${wall}:00Z`)
      expect(shown).toBeGreaterThanOrEqual(0)
      expect(shown).toBeLessThanOrEqual(24 * 3_600_000)
    }),
    { numRuns: 2000 },
  )
})

it('the day of an instant is its local date or the one before, by the hour on the wall', () => {
  fc.assert(
    fc.property(instant, zone, fc.integer({ min: 0, max: 6 }), (at, tz, dayStartHour) => {
      const wall = wallClockAt(at, tz)
      expect(dayAt(at, tz, dayStartHour)).toBe(wall.hour < dayStartHour ? addDays(wall.date, -1) : wall.date)
    }),
  )
})

it('the order of Whens is total: it never contradicts itself', () => {
  fc.assert(
    fc.property(when, when, when, zone, (a, b, c, tz) => {
      expect(Math.sign(compareWhens(a, b, tz))).toBe(-Math.sign(compareWhens(b, a, tz)) || 0)
      const [first, , last] = [a, b, c].sort((x, y) => compareWhens(x, y, tz))
      if (first !== undefined && last !== undefined) expect(compareWhens(first, last, tz)).toBeLessThanOrEqual(0)
    }),
  )
})

it('a time’s local date is the date on the reader’s wall at its instant', () => {
  fc.assert(
    fc.property(dateTime, zone, zone, (dt, tz, reader) => {
      fc.pre(tz !== reader)
      const zoned = { dt, tz }
      expect(localDateOfWhen(zoned, reader)).toBe(wallClockAt(instantOfWhen(zoned, reader), reader).date)
    }),
  )
})

it('adding days reaches every date once', () => {
  fc.assert(
    fc.property(date, fc.integer({ min: -50_000, max: 50_000 }), (from, days) => {
      const to = addDays(from, days)
      expect(isRealDate(to)).toBe(true)
      expect((utcMsOfDate(to) - utcMsOfDate(from)) / 86_400_000).toBe(days)
    }),
  )
})
