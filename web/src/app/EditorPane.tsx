import { Dialog, DialogPanel } from '@headlessui/react'
import { useEffect } from 'react'
import { QuestEditor } from '../features/editor/QuestEditor.tsx'
import { useTranslate } from '../i18n/translate.ts'
import { closeQuest, useOpenQuestId } from './route.ts'
import { activate } from './ui-store.ts'
import { useIsWide } from './use-media.ts'

/** The open quest: beside the list where there is room, over everything where there is not. */
export function EditorPane() {
  const t = useTranslate()
  const id = useOpenQuestId()
  const isWide = useIsWide()
  useEffect(() => {
    if (id !== null) activate(id)
  }, [id])
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
  return (
    <Dialog open data-editor onClose={closeQuest} aria-label={t('editor.title')} className="relative z-30">
      <DialogPanel className="fixed inset-0 flex flex-col bg-surface pt-[env(safe-area-inset-top)] pb-[env(safe-area-inset-bottom)]">
        <QuestEditor id={id} />
      </DialogPanel>
    </Dialog>
  )
}
