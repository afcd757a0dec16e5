import { isReadTable, READ_TABLES } from '@questlog/shared/domain/kinds/record-kinds'
import type { RestoreCounts, Restored } from '@questlog/shared/protocol/restore'
import type { MessageKey } from '../../../i18n/message.ts'
import type { Translate } from '../../../i18n/translate.ts'
import type { Language } from '../../../theme/preferences.ts'

const tables = [...READ_TABLES, 'notes'] as const

const outcomes: readonly (readonly [outcome: keyof RestoreCounts, text: MessageKey])[] = [
  ['returned', 'restore.returned'],
  ['changed', 'restore.changed'],
  ['trashed', 'restore.trashed'],
  ['removed', 'restore.removed'],
]

/** What a restore does, one sentence for each thing that happens to records; none if nothing changes. */
export function countsInWords(counts: Restored['tables'], t: Translate, language: Language): readonly string[] {
  const list = new Intl.ListFormat(language, { type: 'conjunction' })
  return outcomes.flatMap(([outcome, text]) => {
    const parts = tables.flatMap((table) => {
      const count = counts[table]?.[outcome] ?? 0
      return count === 0 ? [] : [t(`restore.count.${table}`, { count })]
    })
    const others = Object.entries(counts)
      .filter(([table]) => table !== 'notes' && !isReadTable(table))
      .reduce((sum, [, ofTable]) => sum + ofTable[outcome], 0)
    if (others > 0) parts.push(t('restore.count.others', { count: others }))
    return parts.length === 0 ? [] : [t(text, { what: list.format(parts) })]
  })
}
