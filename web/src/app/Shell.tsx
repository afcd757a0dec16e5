import { lazy, type ReactNode, Suspense } from 'react'
import { NewProject } from '../features/projects/NewProject.tsx'
import { BulkBar } from '../features/quests/BulkBar.tsx'
import { useTranslate } from '../i18n/translate.ts'
import { BottomBar } from './BottomBar.tsx'
import { EditorPane } from './EditorPane.tsx'
import { Notices } from './Notices.tsx'
import { SideBar } from './SideBar.tsx'
import { Toasts } from './Toasts.tsx'
import { useUi } from './ui-store.ts'
import { useKeyboard } from './use-keyboard.ts'
import { useWorkspace } from './workspace-context.ts'

const Palette = lazy(async () => ({ default: (await import('./Palette.tsx')).Palette }))
const KeysHelp = lazy(async () => ({ default: (await import('./KeysHelp.tsx')).KeysHelp }))
const pickers = () => import('../features/quests/QuestPickers.tsx')
const DuePicker = lazy(async () => ({ default: (await pickers()).DuePicker }))
const TagPicker = lazy(async () => ({ default: (await pickers()).TagPicker }))
const MovePicker = lazy(async () => ({ default: (await pickers()).MovePicker }))

/** The frame around every page: side bar or bottom bar, notices, the editor beside, dialogs and toasts above. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const t = useTranslate()
  useKeyboard(useWorkspace())
  return (
    <div className="flex h-full flex-col">
      <a
        href="#main"
        className="absolute start-2 top-2 z-50 -translate-y-20 rounded bg-raised px-3 py-2 focus:translate-y-0"
      >
        {t('skipToMain')}
      </a>
      <Notices />
      <div className="flex min-h-0 flex-1">
        <SideBar />
        <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col bg-surface outline-none">
          {children}
          <BulkBar />
        </main>
        <EditorPane />
      </div>
      <BottomBar />
      <Suspense>
        <OpenDialog />
      </Suspense>
      <Toasts />
    </div>
  )
}

function OpenDialog() {
  const dialog = useUi((ui) => ui.dialog)
  switch (dialog) {
    case 'palette':
    case 'search':
      return <Palette mode={dialog} />
    case 'keys':
      return <KeysHelp />
    case 'due':
      return <DuePicker />
    case 'tag':
      return <TagPicker />
    case 'move':
      return <MovePicker />
    case 'new-project':
      return <NewProject />
    case null:
      return null
  }
}
