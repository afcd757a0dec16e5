import { type ReactNode, Suspense } from 'react'
import { LogSwitcher } from '../features/parties/LogSwitcher.tsx'
import { useUi } from '../features/quests/list-state.ts'
import { useOpenQuestId } from '../features/quests/open-quest.ts'
import { useTranslate } from '../i18n/translate.ts'
import { useWorkspace } from '../session/workspace-context.ts'
import { useIsWide } from '../ui/use-media.ts'
import { BottomBar } from './BottomBar.tsx'
import {
  AssignPicker,
  BulkBar,
  DuePicker,
  EditorPane,
  KeysHelp,
  MoreMenu,
  MovePicker,
  NewParty,
  NewProject,
  Palette,
  PriorityPicker,
  SwitchLog,
  TagPicker,
} from './lazy-parts.ts'
import { Notices } from './Notices.tsx'
import { SideBar } from './SideBar.tsx'
import { Toasts } from './Toasts.tsx'
import { useKeyboard } from './use-keyboard.ts'

/** The frame around every page: side bar or bottom bar, notices, the editor beside, dialogs and toasts above. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const t = useTranslate()
  useKeyboard(useWorkspace())
  const isWide = useIsWide()
  const isQuestOpen = useOpenQuestId() !== null
  const isCovered = isQuestOpen && !isWide
  return (
    <div className="flex h-full flex-col">
      <a
        href="#main"
        className="absolute start-2 top-2 z-50 -translate-y-20 rounded bg-raised px-3 py-2 focus:translate-y-0"
      >
        {t('skipToMain')}
      </a>
      <Notices />
      <div inert={isCovered}>
        <LogSwitcher place="top" />
      </div>
      {/* The open quest covers this on narrow screens, and never the notices: they may say that edits are paused. */}
      <div className="relative flex min-h-0 flex-1 flex-col overflow-clip">
        <div className="flex min-h-0 flex-1">
          <div inert={isCovered} className="contents">
            <SideBar />
          </div>
          <main
            id="main"
            tabIndex={-1}
            inert={isCovered}
            className="flex min-w-0 flex-1 flex-col bg-surface outline-none"
          >
            <Suspense fallback={<div className="flex-1" />}>{children}</Suspense>
            <Suspense>
              <BulkBar />
            </Suspense>
          </main>
          <Suspense>{isQuestOpen ? <EditorPane /> : null}</Suspense>
        </div>
        <div inert={isCovered}>
          <BottomBar />
        </div>
      </div>
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
    case 'priority':
      return <PriorityPicker />
    case 'tag':
      return <TagPicker />
    case 'move':
      return <MovePicker />
    case 'new-project':
      return <NewProject />
    case 'new-party':
      return <NewParty />
    case 'switch-log':
      return <SwitchLog />
    case 'assign':
      return <AssignPicker />
    case 'more':
      return <MoreMenu />
    case null:
      return null
  }
}
