import type { ProjectId, QuestId } from '@questlog/shared/domain/kernel/ids'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { offerUndo, perform } from '../../actions/perform.ts'
import { formatInstant } from '../../i18n/format.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useIsReadOnly, useProject, useQuest, useWorkspace } from '../../session/workspace-context.ts'
import { usePreferences } from '../../theme/preferences.ts'
import { questHref, useOpenQuestId } from '../quests/open-quest.ts'
import { restoreAll } from '../quests/quest-commands.ts'
import { PurgeButton } from './PurgeButton.tsx'
import type { TrashRow } from './split-trash.ts'

interface TrashLineProps {
  readonly row: TrashRow
  /** Whether it is among those that are to be restored or removed at once; null where none are chosen. */
  readonly isChosen: boolean | null
  readonly onChoose: () => void
  /** Called once it has left the list by a press on it: the focus may be gone with it. */
  readonly onGone: () => void
}

/** A quest or a project in the Trash: it opens to be read, and is restored or removed for good. */
export function TrashLine(props: TrashLineProps) {
  return props.row.kind === 'project' ? (
    <TrashedProject {...props} id={props.row.id} questCount={props.row.questIds.length} />
  ) : (
    <TrashedQuest {...props} id={props.row.id} />
  )
}

function TrashedProject(props: TrashLineProps & { readonly id: ProjectId; readonly questCount: number }) {
  const { id, questCount } = props
  const t = useTranslate()
  const workspace = useWorkspace()
  const project = useProject(id)
  if (project === undefined) return null
  const { name } = project
  const restore = () => {
    if (perform(workspace, { kind: 'restoreProject', id })) offerUndo(workspace, 'project.restored', { name })
  }
  return (
    <Line
      {...props}
      title={name}
      href={`/projects/${encodeURIComponent(id)}`}
      chooseLabel={t('trash.chooseProject', { title: name })}
      deletedAt={project.deletedAt}
      onRestore={restore}
    >
      {t('trash.project', { count: questCount })}
    </Line>
  )
}

function TrashedQuest(props: TrashLineProps & { readonly id: QuestId }) {
  const { id } = props
  const t = useTranslate()
  const workspace = useWorkspace()
  const quest = useQuest(id)
  const project = useProject(quest?.projectId ?? null)
  if (quest === undefined) return null
  return (
    <Line
      {...props}
      title={quest.title}
      href={questHref(id)}
      chooseLabel={t('trash.choose', { title: quest.title })}
      deletedAt={quest.deletedAt}
      onRestore={() => restoreAll(workspace, [id])}
    >
      {project === undefined ? null : t('trash.from', { name: project.name })}
    </Line>
  )
}

interface LineProps extends TrashLineProps {
  readonly title: string
  readonly href: string
  readonly chooseLabel: string
  readonly deletedAt: number | null
  readonly onRestore: () => void
  /** What else there is to know before restoring it. */
  readonly children: ReactNode
}

function Line({
  row,
  isChosen,
  onChoose,
  onGone,
  title,
  href,
  chooseLabel,
  deletedAt,
  onRestore,
  children,
}: LineProps) {
  const t = useTranslate()
  const language = usePreferences((preferences) => preferences.language)
  const readOnly = useIsReadOnly()
  const isOpen = useOpenQuestId() === row.id
  const ground = isChosen === true ? 'bg-accent-wash' : isOpen ? 'bg-hover' : 'hover:bg-hover'
  return (
    <div className={`relative flex items-center gap-x-3 border-b border-line px-4 py-2 ${ground}`}>
      {isChosen === null ? null : (
        <label className="relative z-10 -ms-2 grid size-8 shrink-0 place-items-center pointer-coarse:size-11">
          <input
            type="checkbox"
            aria-label={chooseLabel}
            className="size-4 pointer-coarse:size-5"
            checked={isChosen}
            onChange={onChoose}
          />
        </label>
      )}
      <div className="min-w-0 flex-1">
        <Link
          href={href}
          data-trashed
          className="line-clamp-2 outline-offset-0 [overflow-wrap:anywhere] after:absolute after:inset-0"
        >
          <span dir="auto">{title}</span>
        </Link>
        <p className="flex flex-wrap gap-x-3 text-[0.8125rem] text-soft">
          {children === null ? null : <span className="[overflow-wrap:anywhere]">{children}</span>}
          {deletedAt === null ? null : (
            <span>{t('trash.deletedAt', { time: formatInstant(language, deletedAt) })}</span>
          )}
        </p>
      </div>
      <div className="relative z-10 flex shrink-0 gap-2">
        <button
          type="button"
          aria-label={t('trash.restoreOne', { title })}
          className="button"
          disabled={readOnly}
          onClick={() => {
            onRestore()
            onGone()
          }}
        >
          {t('trash.restore')}
        </button>
        <PurgeButton
          name={t('trash.purgeOne', { title })}
          className="button-quiet text-danger max-sm:hidden"
          rows={[row]}
          onDone={onGone}
        />
      </div>
    </div>
  )
}
