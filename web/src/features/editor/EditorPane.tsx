import { useEffect, useRef } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { useIsWide } from '../../ui/use-media.ts'
import { activate } from '../quests/list-state.ts'
import { useOpenQuestId } from '../quests/open-quest.ts'
import { QuestEditor } from './QuestEditor.tsx'

/** The open quest: beside the list where there is room, over all but the notices where there is not. */
export function EditorPane() {
  const t = useTranslate()
  const id = useOpenQuestId()
  const isWide = useIsWide()
  const cover = useRef<HTMLDivElement>(null)
  const covers = id !== null && !isWide
  useEffect(() => {
    if (id !== null) activate(id)
  }, [id])
  useEffect(() => {
    if (covers) cover.current?.focus()
  }, [covers])
  if (id === null) return null
  if (isWide)
    return (
      <aside
        data-editor
        aria-label={t('editor.title')}
        className="flex w-[25rem] shrink-0 animate-arrive flex-col border-s border-line xl:w-[28rem]"
      >
        <QuestEditor id={id} />
      </aside>
    )
  // Not modal to assistive technology: notices and toasts stay within reach, and the shell makes the rest inert.
  return (
    <div
      ref={cover}
      data-editor
      role="dialog"
      aria-label={t('editor.title')}
      tabIndex={-1}
      className="absolute inset-0 z-30 flex flex-col bg-surface pt-[env(safe-area-inset-top)] pb-[env(safe-area-inset-bottom)] outline-none"
    >
      <QuestEditor id={id} />
    </div>
  )
}
