import type { ComponentType } from 'react'
import type { MessageKey } from '../../i18n/message.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useIsReadOnly, useWorkspace } from '../../session/workspace-context.ts'
import { openDialog } from '../../ui/dialogs.ts'
import { DuePicker, MovePicker, PriorityPicker, TagPicker } from './later-pickers.ts'
import { endSelecting, selectAllVisible, targetIds, useUi } from './list-state.ts'
import { toggleAllDone, trashAll } from './quest-commands.ts'

const pickers: readonly (readonly [ComponentType, MessageKey])[] = [
  [DuePicker, 'field.due'],
  [PriorityPicker, 'field.priority'],
  [MovePicker, 'bulk.move'],
  [TagPicker, 'bulk.tag'],
]

/** What can be done with the selected quests at once; there while some are selected or can be by pressing on them. */
export function BulkBar() {
  const t = useTranslate()
  const workspace = useWorkspace()
  const readOnly = useIsReadOnly()
  const isShown = useUi((ui) => ui.selecting || ui.selection.size > 0)
  // A selected quest may have left the list, here or on another device; it is acted on no more.
  const count = useUi(({ selection, visibleIds }) =>
    selection.size === 0 ? 0 : visibleIds.filter((id) => selection.has(id)).length,
  )
  const areDone = useUi(
    ({ selection }) => selection.size > 0 && [...selection].every((id) => workspace.projection.isDone(id)),
  )
  if (!isShown) return null
  const disabled = readOnly || count === 0
  return (
    <section
      data-bulk
      aria-label={t('bulk.title')}
      className="flex flex-wrap items-center gap-2 border-t border-line bg-canvas px-3 py-2"
    >
      <div className="flex w-full items-center gap-1 lg:me-auto lg:w-auto">
        <p role="status" className="me-auto font-semibold lg:me-2">
          {t('bulk.count', { count })}
        </p>
        <button type="button" className="button button-quiet" onClick={selectAllVisible}>
          {t('bulk.selectAll')}
        </button>
        <button type="button" className="button button-quiet" onClick={endSelecting}>
          {t('bulk.clear')}
        </button>
      </div>
      <button
        type="button"
        className="button"
        disabled={disabled}
        onClick={() => toggleAllDone(workspace, targetIds())}
      >
        {t(areDone ? 'bulk.reopen' : 'bulk.complete')}
      </button>
      {pickers.map(([Picker, label]) => (
        <button key={label} type="button" className="button" disabled={disabled} onClick={() => openDialog(Picker)}>
          {t(label)}
        </button>
      ))}
      <button
        type="button"
        className="button button-danger"
        disabled={disabled}
        onClick={() => trashAll(workspace, targetIds())}
      >
        {t('bulk.trash')}
      </button>
    </section>
  )
}
