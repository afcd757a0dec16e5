import {
  Combobox,
  ComboboxInput,
  ComboboxOption,
  ComboboxOptions,
  Dialog,
  DialogBackdrop,
  DialogPanel,
} from '@headlessui/react'
import { foldText } from '@questlog/shared/domain/kernel/fold-text'
import type { QuestId } from '@questlog/shared/domain/kernel/ids'
import { foldedTitle } from '@questlog/shared/domain/quest/folded-title'
import { useEffect, useMemo, useRef, useState } from 'react'
import { type Action, isOffered } from '../../actions/action.ts'
import { useActions } from '../../actions/actions-context.ts'
import { type Translate, useTranslate } from '../../i18n/translate.ts'
import { useSession } from '../../session/session-context.ts'
import { useWorkspace } from '../../session/workspace-context.ts'
import { closeOnEscape } from '../../ui/close-on-escape.ts'
import { closeDialog } from '../../ui/dialogs.ts'
import { Keycaps } from '../../ui/Keycaps.tsx'
import { showToast } from '../../ui/toasts.ts'
import { changeWorkspace, nameOfEntry } from '../parties/change-workspace.ts'
import { useWorkspaceEntries } from '../parties/use-workspace-entries.ts'
import type { WorkspaceEntry } from '../parties/workspace-entries.ts'
import { activate } from '../quests/list-state.ts'
import { openQuest } from '../quests/open-quest.ts'

type Choice =
  | { readonly kind: 'action'; readonly key: string; readonly action: Action; readonly label: string }
  | { readonly kind: 'log'; readonly key: string; readonly entry: WorkspaceEntry; readonly label: string }
  | { readonly kind: 'quest'; readonly key: string; readonly id: QuestId; readonly label: string }

const maxQuests = 20

/** Finds any action or quest by name and does it. */
export function ActionPalette() {
  return <Palette mode="palette" />
}

/** Finds quests by name. */
export function QuestSearch() {
  return <Palette mode="search" />
}

function Palette({ mode }: { readonly mode: 'palette' | 'search' }) {
  const t = useTranslate()
  const workspace = useWorkspace()
  const session = useSession()
  const offered = useActions()
  const { entries: all, shown } = useWorkspaceEntries()
  const entries = useMemo(() => all.filter((entry) => entry !== shown), [all, shown])
  const field = useRef<HTMLInputElement>(null)
  const [query, setQuery] = useState('')
  // Not deferred: Enter right after the last letter must find what that letter left.
  const needle = foldText(query.trim())
  const label = t(mode === 'search' ? 'search.label' : 'palette.label')
  const choices = useMemo<readonly Choice[]>(() => {
    const actions =
      mode === 'search'
        ? []
        : offered
            .filter((action) => action.byKeyOnly !== true && isOffered(action, workspace))
            .map((action) => ({ kind: 'action', key: action.id, action, label: t(action.name) }) as const)
            .filter((choice) => foldText(choice.label).includes(needle))
    const logs = mode === 'search' ? [] : matchingLogs(t, entries, needle)
    return [...actions, ...logs, ...matchingQuests(workspace.projection, needle)]
  }, [mode, needle, workspace, t, entries, offered])
  // A dialog leaves its field alone where fingers point; what a keyboard there types next is still meant for this one.
  useEffect(() => {
    const frame = requestAnimationFrame(() => field.current?.focus())
    return () => cancelAnimationFrame(frame)
  }, [])
  const choose = (choice: Choice | null) => {
    if (choice === null) return
    closeDialog()
    // The dialog gives the focus back first, so that the action may move it on.
    requestAnimationFrame(() => {
      if (choice.kind === 'action') {
        if (!choice.action.run(workspace)) showToast({ tone: 'info', message: 'palette.nothingInHand' })
      } else if (choice.kind === 'log') void changeWorkspace(session, choice.entry)
      else {
        activate(choice.id)
        openQuest(choice.id)
      }
    })
  }
  return (
    <Dialog
      open
      onClose={closeDialog}
      onKeyDownCapture={closeOnEscape}
      className="fixed inset-0 z-40"
      aria-label={label}
    >
      <DialogBackdrop className="fixed inset-0 bg-shade" />
      <div className="fixed inset-0 flex items-start justify-center p-3 sm:pt-[12vh]">
        <DialogPanel className="flex max-h-[75dvh] w-full max-w-xl animate-arrive flex-col overflow-hidden rounded-lg border border-line bg-surface shadow-xl">
          <Combobox<Choice> immediate onChange={choose} by="key">
            <ComboboxInput
              ref={field}
              autoFocus
              dir="auto"
              aria-label={label}
              placeholder={t(mode === 'search' ? 'search.placeholder' : 'palette.placeholder')}
              className="min-h-12 w-full border-b border-line bg-transparent px-4 outline-none"
              onChange={(event) => setQuery(event.target.value)}
            />
            <ComboboxOptions static modal={false} className="min-h-0 flex-1 overflow-y-auto p-1 outline-none">
              {choices.map((choice) => (
                <ComboboxOption
                  key={choice.key}
                  value={choice}
                  className="flex cursor-pointer items-center justify-between gap-4 rounded px-3 py-2 pointer-coarse:py-3 data-focus:bg-accent-wash"
                >
                  <span dir="auto" className="min-w-0 truncate">
                    {choice.label}
                  </span>
                  {choice.kind === 'action' && choice.action.keys[0] !== undefined ? (
                    <span className="pointer-coarse:hidden">
                      <Keycaps chord={choice.action.keys[0]} />
                    </span>
                  ) : null}
                </ComboboxOption>
              ))}
            </ComboboxOptions>
          </Combobox>
          {choices.length === 0 ? (
            <p role="status" className="px-4 py-6 text-soft">
              {t(mode === 'search' && needle === '' ? 'search.hint' : 'palette.nothing')}
            </p>
          ) : null}
        </DialogPanel>
      </div>
    </Dialog>
  )
}

function matchingLogs(t: Translate, entries: readonly WorkspaceEntry[], needle: string): readonly Choice[] {
  return entries
    .map((entry) => ({ kind: 'log', key: entry.id, entry, label: wayTo(t, entry) }) as const)
    .filter(({ label }) => foldText(label).includes(needle))
}

function wayTo(t: Translate, entry: WorkspaceEntry): string {
  const name = nameOfEntry(entry)
  if (entry.kind === 'personal') return t('party.goToPersonal')
  return t(entry.role === 'guest' ? 'party.goToAssigned' : 'party.goTo', { name })
}

interface SearchedLog {
  list(key: { readonly kind: 'all' }): readonly QuestId[]
  quest(id: QuestId): { readonly title: string } | undefined
}

function matchingQuests(log: SearchedLog, needle: string): readonly Choice[] {
  if (needle === '') return []
  const found: Choice[] = []
  for (const id of log.list({ kind: 'all' })) {
    const quest = log.quest(id)
    if (quest === undefined || !foldedTitle(quest).includes(needle)) continue
    found.push({ kind: 'quest', key: id, id, label: quest.title })
    if (found.length === maxQuests) break
  }
  return found
}
