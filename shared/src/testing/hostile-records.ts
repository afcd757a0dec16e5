import type { FieldValue, Patch, RecordWrite, TableName } from '../domain/kernel/record-write.ts'

const FIRST = { dt: '0001-01-01T00:00' }
const LAST = { dt: '9999-12-31T23:59' }

/** What a device may write into any field, whatever the field is for. */
export const HOSTILE_VALUES: readonly FieldValue[] = [
  ...[1e300, -1e300, -1, 0, 0.5, 2 ** 53, -(2 ** 53), 8.64e15 + 1, 8.64e15, -62_135_596_800_001],
  ...['', 'x', '1e300', '\0', '\ud800', '2026-02-31', 'x'.repeat(9_000), '__proto__', 'Europe/Nowhere'],
  ...[true, false, [], [[]], [null], Array.from({ length: 3_000 }, () => 0), {}, { toString: 1, valueOf: 1 }],
  ...[{ d: '9999-99-99' }, { d: '0001-01-01' }, { d: '9999-12-31' }, { d: 1e300 }, { dt: 'x', tz: 'y' }],
  ...[FIRST, LAST, { ...FIRST, tz: 'Pacific/Kiritimati' }, { ...LAST, tz: 'Pacific/Pago_Pago' }],
  ...[{ ...LAST, tz: 'Europe/Nowhere' }, { at: { d: '9999-12-31' } }, { minutesBefore: 1e300, of: 'due' }],
  ...[{ minutesBefore: -1, of: 'due' }, { days: 1e15 }, { days: -4_000_000, time: '00:00', tz: 'x' }],
  { rrule: 'FREQ=DAILY;COUNT=1e300', anchor: 'due', missed: 'all', monthEnd: 'clamp', exdates: [], waitForDone: true },
]

const AT = Date.UTC(2026, 2, 10, 12)
const recurrence = {
  rrule: 'FREQ=DAILY',
  anchor: 'due',
  missed: 'latest',
  monthEnd: 'clamp',
  exdates: ['2026-03-11'],
  waitForDone: false,
} as const

/** A whole record of each kind that has readers, with every field it may have. */
const samples: { readonly [Table in TableName]?: (n: string) => Patch } = {
  quests: () => ({
    title: 'Hostile',
    createdAt: AT,
    status: 'open',
    priority: 1,
    difficulty: 'easy',
    energy: 'deep',
    projectId: 'project',
    sectionId: 'section',
    parentId: 'parent',
    templateId: 'template',
    categoryId: 'category',
    'tags/tag': true,
    'assignees/ann': true,
    'steps/k/text': 'Step',
    'steps/k/done': true,
    'steps/k/rank': 'a1',
    start: { d: '2026-03-10' },
    scheduled: { d: '2026-03-10' },
    due: { dt: '2026-03-10T12:00' },
    deadline: { dt: '2026-03-10T12:00', tz: 'Europe/Berlin' },
    estimateMin: 5,
    recurrence,
    'reminders/r': { minutesBefore: 5, of: 'due' },
    'attachments/f': { name: 'f', size: 1, type: 'text/plain', sha256: '0'.repeat(64) },
    rank: 'a1',
    todayRank: 'a1',
    createdBy: 'ann',
    deletedAt: AT,
    source: { app: 'x', externalId: '1' },
    'movedFrom/w': AT,
    constructor: 1,
    toString: 1,
  }),
  projects: () => ({ name: 'Work', color: '#aabbcc', rank: 'a1', createdAt: AT, archivedAt: AT, deletedAt: AT }),
  sections: () => ({ projectId: 'project', name: 'Later', rank: 'a1' }),
  tags: () => ({ name: 'deep', color: '#aabbcc' }),
  categories: () => ({ name: 'Craft', color: '#aabbcc', rank: 'a1' }),
  relations: (n) => ({ kind: 'blocks', from: `from-${n}`, to: `to-${n}`, createdAt: AT, createdBy: 'ann' }),
  completions: (n) => ({
    questId: `done-${n}`,
    occurrence: 'once',
    at: AT,
    tz: 'UTC',
    day: '2026-03-10',
    by: 'ann',
    difficulty: 'easy',
    stepsDone: 1,
    timely: true,
    unblocked: 1,
    voided: null,
  }),
  templates: () => ({
    name: 'Weekly',
    createdAt: AT,
    createdBy: 'ann',
    projectId: 'project',
    quests: [
      {
        title: 'First',
        estimateMin: 5,
        due: { days: 1 },
        recurrence,
        reminders: { r: { at: { days: 1, time: '12:00' } } },
      },
      { title: 'Second', parent: 0 },
    ],
    relations: [{ kind: 'blocks', from: 0, to: 1 }],
  }),
}

/** A record with one hostile field. */
export interface HostileRecord extends RecordWrite {
  readonly path: string
  readonly value: FieldValue
}

/** Every field of every kind with every hostile value, each in a record of its own, and the quests that they complete. */
export function hostileRecords(): readonly HostileRecord[] {
  const records: HostileRecord[] = []
  for (const table of Object.keys(samples) as (keyof typeof samples)[]) {
    const sample = samples[table]
    if (sample === undefined) continue
    for (const path of Object.keys(sample('x'))) {
      for (const value of HOSTILE_VALUES) {
        const n = String(records.length)
        const patch = { ...sample(n), ...inTrash(table, path), [path]: value }
        records.push({ table, id: idOf(table, n), patch, path, value })
        if (table !== 'completions') continue
        records.push({
          table: 'quests',
          id: `done-${n}`,
          patch: { title: 'Done', createdAt: AT },
          path: 'title',
          value: 'Done',
        })
      }
    }
  }
  return records
}

/** Only records about the Trash are in it; any others would be in no list. */
function inTrash(table: TableName, path: string): Patch {
  return (table === 'quests' || table === 'projects') && path !== 'deletedAt' ? { deletedAt: null } : {}
}

function idOf(table: TableName, n: string): string {
  if (table === 'completions') return `done-${n}:once`
  return table === 'relations' ? `blocks.from-${n}.to-${n}` : `${table}-${n}`
}
