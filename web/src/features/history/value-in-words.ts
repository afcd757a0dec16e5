import { instant } from '@questlog/shared/domain/fields/value-types'
import { type CategoryId, type ProjectId, type QuestId, storedId } from '@questlog/shared/domain/kernel/ids'
import type { FieldValue } from '@questlog/shared/domain/kernel/record-write'
import { DIFFICULTIES, ENERGIES, STATUSES } from '@questlog/shared/domain/quest/quest-fields'
import { recurrence } from '@questlog/shared/domain/quest/recurrence'
import { parseWhen } from '@questlog/shared/domain/time/when'
import type { Projection } from '@questlog/shared/store/projection'
import { formatInstant, formatWhen } from '../../i18n/format.ts'
import type { MessageKey } from '../../i18n/message.ts'
import type { Translate } from '../../i18n/translate.ts'
import type { Language } from '../../theme/preferences.ts'
import { deviceZone } from '../../ui/use-today.ts'

/** What words are made with. */
export interface Wording {
  readonly t: Translate
  readonly language: Language
  readonly projection: Projection
  /** `YYYY-MM-DD`. */
  readonly today: string
  readonly nameOfUser: (userId: string) => string
}

const priorities = [0, 1, 2, 3, 4] as const
const fieldNames: { readonly [field: string]: MessageKey } = {
  title: 'field.title',
  status: 'field.status',
  priority: 'field.priority',
  difficulty: 'field.difficulty',
  energy: 'field.energy',
  projectId: 'field.project',
  sectionId: 'history.field.section',
  parentId: 'history.field.parent',
  categoryId: 'history.field.category',
  due: 'field.due',
  scheduled: 'field.scheduled',
  start: 'field.start',
  deadline: 'field.deadline',
  estimateMin: 'history.field.estimate',
  recurrence: 'history.field.recurrence',
  reminders: 'history.field.reminder',
  attachments: 'history.field.attachment',
  steps: 'history.field.step',
  name: 'history.field.name',
  color: 'history.field.color',
  archivedAt: 'history.field.archivedAt',
}

/** A field's name as its control has it. */
export function fieldInWords({ t }: Wording, field: string): string {
  // A device may name a field as it likes, `constructor` too.
  return t((Object.hasOwn(fieldNames, field) ? fieldNames[field] : undefined) ?? 'history.field.other')
}

/** Keeps a person's words from turning those around them, should they run the other way. */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`
}

/** A person's words, quoted. */
export function quoted(text: string): string {
  return `“${isolate(text)}”`
}

/** A field's value as a person would say it; null for none. */
export function valueInWords(wording: Wording, field: string, value: FieldValue): string | null {
  const { t, language, projection, today } = wording
  switch (field) {
    case 'status':
      return t(`status.${STATUSES.find((each) => each === value) ?? 'open'}`)
    case 'priority':
      return t(`priority.${priorities.find((each) => each === value) ?? 0}`)
    case 'difficulty':
      return t(`difficulty.${DIFFICULTIES.find((each) => each === value) ?? 'medium'}`)
    case 'energy':
      return t(`energy.${ENERGIES.find((each) => each === value) ?? 'none'}`)
    case 'projectId':
      return typeof value === 'string'
        ? nameOr(projection.project(storedId<ProjectId>(value))?.name, t('history.someProject'))
        : t('field.noProject')
  }
  if (value === null) return null
  switch (field) {
    case 'due':
    case 'scheduled':
    case 'start':
    case 'deadline': {
      const when = parseWhen(value)
      return when === null ? null : formatWhen(language, when, today, deviceZone())
    }
    case 'estimateMin':
      return typeof value === 'number' ? t('quest.minutes', { count: value }) : t('history.yes')
    case 'parentId':
      return nameOr(readTitle(projection, value), t('history.someQuest'))
    case 'categoryId':
      return typeof value === 'string'
        ? nameOr(projection.category(storedId<CategoryId>(value))?.name, value)
        : t('history.yes')
    case 'archivedAt': {
      const at = instant.read(value)
      return at === undefined ? t('history.yes') : formatInstant(language, at)
    }
    case 'recurrence':
      return recurrence.read(value)?.rrule ?? t('history.yes')
  }
  if (typeof value === 'string') return quoted(value)
  return typeof value === 'number' ? String(value) : t('history.yes')
}

function readTitle(projection: Projection, value: FieldValue): string | undefined {
  return typeof value === 'string' ? projection.quest(storedId<QuestId>(value))?.title : undefined
}

function nameOr(name: string | undefined, otherwise: string): string {
  return name === undefined ? otherwise : quoted(name)
}
