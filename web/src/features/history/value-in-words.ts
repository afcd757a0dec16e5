import type { FieldTable, NamesOf } from '@questlog/shared/domain/fields/field'
import { instant } from '@questlog/shared/domain/fields/value-types'
import { projectFields } from '@questlog/shared/domain/groups/group-fields'
import { type CategoryId, type ProjectId, type QuestId, storedId } from '@questlog/shared/domain/kernel/ids'
import type { FieldValue } from '@questlog/shared/domain/kernel/record-write'
import { type QuestFields, questFields } from '@questlog/shared/domain/quest/quest-fields'
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

/** The fields whose changes are told with their name and values; of a step only its text. */
type ToldField =
  | NamesOf<QuestFields, { readonly inHistory: 'values' }>
  | NamesOf<typeof projectFields, { readonly written: 'edit' }>
  | 'archivedAt'
  | 'steps'

const fieldNames: { readonly [Field in ToldField]: MessageKey } = {
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

/** The words of the options of a field; those of its default where a device wrote none of them. */
const optionWords: {
  readonly [Field in NamesOf<QuestFields, { readonly type: { readonly name: 'option' } }>]: (
    t: Translate,
    value: FieldValue,
  ) => string
} = {
  status: (t, value) => t(`status.${questFields.status.type.read(value) ?? 'open'}`),
  priority: (t, value) => t(`priority.${questFields.priority.type.read(value) ?? 0}`),
  difficulty: (t, value) => t(`difficulty.${questFields.difficulty.type.read(value) ?? 'medium'}`),
  energy: (t, value) => t(`energy.${questFields.energy.type.read(value) ?? 'none'}`),
}

/** A field's name as its control has it. */
export function fieldInWords({ t }: Wording, field: string): string {
  return t(isIn(fieldNames, field) ? fieldNames[field] : 'history.field.other')
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
  const { t, language, today } = wording
  if (isIn(optionWords, field)) return optionWords[field](t, value)
  const type = typeOf(field)
  if (type !== null && 'of' in type) return recordInWords(wording, type.of, value)
  if (value === null) return null
  switch (type?.name) {
    case 'when': {
      const when = parseWhen(value)
      return when === null ? null : formatWhen(language, when, today, deviceZone())
    }
    case 'instant': {
      const at = instant.read(value)
      return at === undefined ? t('history.yes') : formatInstant(language, at)
    }
    case 'recurrence':
      return recurrence.read(value)?.rrule ?? t('history.yes')
  }
  if (field === 'estimateMin' && typeof value === 'number') return t('quest.minutes', { count: value })
  if (typeof value === 'string' && field !== 'estimateMin') return quoted(value)
  return typeof value === 'number' ? String(value) : t('history.yes')
}

/** The name of what a field points at. */
function recordInWords({ t, projection }: Wording, of: unknown, value: FieldValue): string | null {
  switch (of) {
    case 'projects':
      return typeof value === 'string'
        ? nameOr(projection.project(storedId<ProjectId>(value))?.name, t('history.someProject'))
        : t('field.noProject')
    case 'quests':
      return value === null ? null : nameOr(readTitle(projection, value), t('history.someQuest'))
    case 'categories':
      if (typeof value === 'string') return nameOr(projection.category(storedId<CategoryId>(value))?.name, value)
  }
  if (value === null) return null
  return typeof value === 'string' ? quoted(value) : t('history.yes')
}

function typeOf(field: string): FieldTable[string]['type'] | null {
  if (isIn(questFields, field)) return questFields[field].type
  return isIn(projectFields, field) ? projectFields[field].type : null
}

function readTitle(projection: Projection, value: FieldValue): string | undefined {
  return typeof value === 'string' ? projection.quest(storedId<QuestId>(value))?.title : undefined
}

function nameOr(name: string | undefined, otherwise: string): string {
  return name === undefined ? otherwise : quoted(name)
}

/** A device may name a field as it likes, `constructor` too. */
export function isIn<Table extends object>(table: Table, name: string): name is keyof Table & string {
  return Object.hasOwn(table, name)
}
