import type { ReadTable } from '@questlog/shared/domain/kinds/record-kinds'
import type { RestoreCounts, Restored } from '@questlog/shared/protocol/restore'
import type { MessageKey } from '../../../i18n/message.ts'
import type { Translate } from '../../../i18n/translate.ts'
import type { Language } from '../../../theme/preferences.ts'

const tables: { readonly [Table in ReadTable | 'notes']: MessageKey } = {
  quests: 'restore.count.quests',
  notes: 'restore.count.notes',
  projects: 'restore.count.projects',
  sections: 'restore.count.sections',
  tags: 'restore.count.tags',
  categories: 'restore.count.categories',
  templates: 'restore.count.templates',
  relations: 'restore.count.relations',
  completions: 'restore.count.completions',
}

const outcomes: readonly (readonly [outcome: keyof RestoreCounts, text: MessageKey])[] = [
  ['returned', 'restore.returned'],
  ['changed', 'restore.changed'],
  ['trashed', 'restore.trashed'],
  ['removed', 'restore.removed'],
]

/** What a restore does, one sentence for each thing that happens to records; none if nothing changes. */
export function countsInWords(counted: Restored['tables'], t: Translate, language: Language): readonly string[] {
  const list = new Intl.ListFormat(language, { type: 'conjunction' })
  return outcomes.flatMap(([outcome, text]) => {
    const parts = Object.entries(tables).flatMap(([table, name]) => {
      const count = counted[table]?.[outcome] ?? 0
      return count === 0 ? [] : [t(name, { count })]
    })
    const others = Object.entries(counted)
      .filter(([table]) => !Object.hasOwn(tables, table))
      .reduce((sum, [, counts]) => sum + counts[outcome], 0)
    if (others > 0) parts.push(t('restore.count.others', { count: others }))
    return parts.length === 0 ? [] : [t(text, { what: list.format(parts) })]
  })
}
