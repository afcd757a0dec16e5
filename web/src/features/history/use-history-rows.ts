import type { HistoryItem } from '@questlog/shared/client/changes/merge-activity'
import { useMemo } from 'react'
import { localDay } from '../../i18n/format.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useMembers, useSessionState } from '../../session/session-context.ts'
import { useWorkspace } from '../../session/workspace-context.ts'
import { usePreferences } from '../../theme/preferences.ts'
import { useToday } from '../../ui/use-today.ts'
import { describeChange } from './describe-change.ts'
import { type HistoryRow, layOutHistory } from './history-rows.ts'
import { isRestore } from './restore/can-put-back.ts'
import type { Wording } from './value-in-words.ts'

/** What changes are put in words with, in the language and by the names known now. */
export function useWording(): Wording {
  const t = useTranslate()
  const { projection, ref } = useWorkspace()
  const language = usePreferences((preferences) => preferences.language)
  const today = useToday()
  const members = useMembers(ref.id)
  const person = useSessionState((state) => state.person)
  return useMemo(() => {
    const nameOfUser = (userId: string) =>
      userId === person?.id
        ? t('history.you')
        : (members.find((member) => member.userId === userId)?.displayName ?? t('history.member'))
    return { t, language, projection, today, nameOfUser }
  }, [t, language, projection, today, members, person])
}

/** The rows of a history. */
export function useHistoryRows(items: readonly HistoryItem[], wording: Wording): readonly HistoryRow[] {
  const personId = useSessionState((state) => state.person?.id ?? null)
  return useMemo(
    () =>
      layOutHistory(items, {
        describe: (item) => describeChange(item, wording),
        author: (item) => authorInWords(item, personId, wording),
        dayOf: localDay,
      }),
    [items, wording, personId],
  )
}

function authorInWords(item: HistoryItem, personId: string | null, { t, nameOfUser }: Wording): string {
  const { author } = item
  switch (author.kind) {
    case 'this-device':
      return t('history.you')
    case 'unknown':
      return t('history.otherDevice')
    case 'user':
      // The server puts back, whichever device asked for it.
      return isOtherDevice(author, personId) && !isRestore(item) ? t('history.youElsewhere') : nameOfUser(author.userId)
  }
}

function isOtherDevice(
  author: { readonly userId: string; readonly isThisDevice: boolean },
  personId: string | null,
): boolean {
  return author.userId === personId && !author.isThisDevice
}
