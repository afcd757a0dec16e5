import { LIMITS } from '@questlog/shared/domain/fields/limits'
import type { Quest } from '@questlog/shared/domain/quest/quest'
import { useRef } from 'react'
import { perform } from '../../actions/perform.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useWorkspace } from '../../session/workspace-context.ts'
import { useDraft } from '../../ui/use-draft.ts'
import { useGrownHeight } from '../../ui/use-grown-height.ts'
import { readLine } from './read-line.ts'

interface TitleFieldProps {
  readonly quest: Quest
  readonly done: boolean
}

/** The title as one wrapping field; an emptied title comes back, since a quest needs one. */
export function TitleField({ quest, done }: TitleFieldProps) {
  const t = useTranslate()
  const workspace = useWorkspace()
  const field = useRef<HTMLTextAreaElement>(null)
  const draft = useDraft({
    stored: quest.title,
    read: readLine,
    save: (title) => perform(workspace, { kind: 'editQuest', id: quest.id, fields: { title } }),
  })
  useGrownHeight(field, draft.text)
  return (
    <textarea
      ref={field}
      dir="auto"
      rows={1}
      aria-label={t('field.title')}
      maxLength={LIMITS.titleLength}
      value={draft.text}
      onChange={(event) => draft.change(event.target.value)}
      onBlur={draft.leave}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return
        event.preventDefault()
        draft.leave()
      }}
      className={`field-sizing-content min-h-8 w-full flex-1 resize-none rounded bg-transparent px-1.5 py-1 text-lg pointer-coarse:py-2.5 leading-snug font-semibold [overflow-wrap:anywhere] hover:bg-hover ${done ? 'text-soft line-through decoration-1' : ''}`}
    />
  )
}
