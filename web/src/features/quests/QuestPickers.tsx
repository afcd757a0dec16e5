import { isFoundIn } from '@questlog/shared/domain/kernel/fold-text'
import { PRIORITIES } from '@questlog/shared/domain/quest/quest-fields'
import { addDays, isRealDate } from '@questlog/shared/domain/time/calendar-date'
import { formatDay, formatWeekday } from '../../i18n/format.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useProjects, useTagNames, useWorkspace } from '../../session/workspace-context.ts'
import { usePreferences } from '../../theme/preferences.ts'
import { closeDialog } from '../../ui/dialogs.ts'
import { PickDialog } from '../../ui/PickDialog.tsx'
import type { Pick } from '../../ui/PickOption.tsx'
import { todayHere } from '../../ui/use-today.ts'
import { targetIds } from './list-state.ts'
import { moveAll, setDueDay, setPriority } from './quest-commands.ts'
import { addTagByName } from './tag-commands.ts'
import { tagPicks } from './tag-picks.ts'

/** Sets when the targeted quests are due. */
export function DuePicker() {
  const t = useTranslate()
  const workspace = useWorkspace()
  const language = usePreferences((preferences) => preferences.language)
  const ids = targetIds()
  const today = todayHere()
  const days = [0, 1, 2, 3, 7, 14].map((offset) => addDays(today, offset))
  const options = (text: string) => {
    const offered = isRealDate(text) ? [text] : days
    const picks: readonly Pick[] = offered.map((day) => ({
      key: day,
      label: formatDay(language, day, today),
      detail: formatWeekday(language, day),
    }))
    return [...picks, { key: 'none', label: t('due.none') }].filter(
      ({ key, label }) => isRealDate(text) || isFoundIn(text, `${label} ${key}`),
    )
  }
  return (
    <PickDialog
      title={t('due.title')}
      placeholder={t('due.placeholder')}
      options={options}
      onPick={({ key }) => setDueDay(workspace, ids, key === 'none' ? null : key)}
      onClose={closeDialog}
    />
  )
}

/** Sets the priority of the targeted quests. */
export function PriorityPicker() {
  const t = useTranslate()
  const workspace = useWorkspace()
  const ids = targetIds()
  const options = (text: string) =>
    PRIORITIES.map((priority) => ({ key: String(priority), label: t(`priority.${priority}`) })).filter(({ label }) =>
      isFoundIn(text, label),
    )
  const pick = (key: string) => {
    const priority = PRIORITIES.find((candidate) => String(candidate) === key)
    if (priority !== undefined) setPriority(workspace, ids, priority)
  }
  return (
    <PickDialog
      title={t('field.priority')}
      placeholder={t('field.priority')}
      options={options}
      onPick={({ key }) => pick(key)}
      onClose={closeDialog}
    />
  )
}

/** Tags the targeted quests with a known or a new tag. */
export function TagPicker() {
  const t = useTranslate()
  const workspace = useWorkspace()
  const ids = targetIds()
  const names = useTagNames()
  const options = (text: string) => {
    const { named, found, created } = tagPicks(t, names, text)
    return [...named, ...found, ...created]
  }
  return (
    <PickDialog
      title={t('tag.title')}
      placeholder={t('field.addTag')}
      options={options}
      onPick={({ key }) => addTagByName(workspace, ids, key)}
      onClose={closeDialog}
    />
  )
}

/** Moves the targeted quests to a project or back to the Inbox. */
export function MovePicker() {
  const t = useTranslate()
  const workspace = useWorkspace()
  const ids = targetIds()
  const projects = useProjects()
  const options = (text: string) => {
    const places = [
      { key: '', label: t('nav.inbox') },
      ...projects.flatMap((id) => {
        const project = workspace.projection.project(id)
        return project === undefined ? [] : [{ key: id as string, label: project.name }]
      }),
    ]
    return places.filter(({ label }) => isFoundIn(text, label))
  }
  return (
    <PickDialog
      title={t('move.title')}
      placeholder={t('move.placeholder')}
      options={options}
      onPick={({ key }) => moveAll(workspace, ids, projects.find((id) => id === key) ?? null)}
      onClose={closeDialog}
    />
  )
}
