import type { ProjectId, TagId, UserId } from '@questlog/shared/domain/kernel/ids'
import type { Quest } from '@questlog/shared/domain/quest/quest'
import { isDueOn, isOverdue, type When } from '@questlog/shared/domain/time/when'
import { formatTimeOfWhen, formatWhen } from '../../i18n/format.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useMemberName } from '../../session/use-member-name.ts'
import { useProject, useTag } from '../../session/workspace-context.ts'
import { usePreferences } from '../../theme/preferences.ts'
import { deviceZone, useNow, useToday } from '../../ui/use-today.ts'

interface QuestMetaProps {
  readonly quest: Quest
  readonly done: boolean
  /** In Today a quest's project is news and that it is for today is not. */
  readonly isToday: boolean
}

/** The facts of a quest that matter in a list, in words. */
export function QuestMeta({ quest, done, isToday }: QuestMetaProps) {
  const t = useTranslate()
  const language = usePreferences((preferences) => preferences.language)
  const today = useToday()
  const now = useNow()
  const stepsDone = [...quest.steps.values()].filter((step) => step.done).length
  const tz = deviceZone()
  const late = !done && quest.due !== null && isOverdue(quest.due, { now, tz, dayStartHour: 0 })
  const dueInWords = (due: When) =>
    isToday && isDueOn(due, today, tz) ? formatTimeOfWhen(language, due, tz) : formatWhen(language, due, today, tz)
  const due = quest.due === null ? null : dueInWords(quest.due)
  return (
    <span className="flex max-w-full min-w-0 flex-wrap items-baseline gap-x-3 text-[0.8125rem] text-soft empty:hidden">
      {quest.status === 'open' || done ? null : (
        <span className="font-semibold text-accent">{t(`status.${quest.status}`)}</span>
      )}
      {quest.priority === 0 || done ? null : (
        <span className={quest.priority === 1 ? 'font-bold text-accent' : 'font-semibold'}>
          <span aria-hidden="true">P{quest.priority}</span>
          <span className="sr-only">{t(`priority.${quest.priority}`)}</span>
        </span>
      )}
      {quest.steps.size === 0 ? null : (
        <span>
          <span aria-hidden="true">
            {stepsDone}/{quest.steps.size}
          </span>
          <span className="sr-only">{t('quest.stepsDone', { done: stepsDone, count: quest.steps.size })}</span>
        </span>
      )}
      {quest.estimateMin === null ? null : <span>{t('quest.minutes', { count: quest.estimateMin })}</span>}
      {[...quest.tags].map((id) => (
        <TagName key={id} id={id} />
      ))}
      {[...quest.assignees].map((id) => (
        <AssigneeName key={id} id={id} />
      ))}
      {isToday && quest.projectId !== null ? <ProjectName id={quest.projectId} /> : null}
      {due === null ? null : (
        <span className={late ? 'font-semibold text-danger' : ''}>
          <span className="sr-only">{t(late ? 'quest.overdueSince' : 'field.due')} </span>
          {due}
        </span>
      )}
    </span>
  )
}

function TagName({ id }: { readonly id: TagId }) {
  const tag = useTag(id)
  return tag === undefined ? null : (
    <span dir="auto" className="max-w-40 truncate">
      @{tag.name}
    </span>
  )
}

function AssigneeName({ id }: { readonly id: UserId }) {
  return (
    <span dir="auto" className="max-w-40 truncate">
      +{useMemberName(id)}
    </span>
  )
}

function ProjectName({ id }: { readonly id: ProjectId }) {
  const project = useProject(id)
  return project === undefined || project.deletedAt !== null ? null : (
    <span dir="auto" className="max-w-40 truncate">
      #{project.name}
    </span>
  )
}
