import type { ProjectId } from '@questlog/shared/domain/kernel/ids'
import type { Quest } from '@questlog/shared/domain/quest/quest'
import { useId } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { useProject, useProjects, useWorkspace } from '../../session/workspace-context.ts'
import { moveAll } from '../quests/quest-commands.ts'

/** The project a quest belongs to; none means the Inbox. */
export function ProjectField({ quest }: { readonly quest: Quest }) {
  const t = useTranslate()
  const workspace = useWorkspace()
  const projects = useProjects()
  const id = useId()
  const move = (value: string) => {
    moveAll(workspace, [quest.id], projects.find((candidate) => candidate === value) ?? null)
  }
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-0.5 block text-[0.8125rem] text-soft">
        {t('field.project')}
      </label>
      <select
        id={id}
        className="control w-full"
        value={quest.projectId ?? ''}
        onChange={(event) => move(event.target.value)}
      >
        <option value="">{t('field.noProject')}</option>
        {projects.map((projectId) => (
          <ProjectOption key={projectId} id={projectId} />
        ))}
      </select>
    </div>
  )
}

function ProjectOption({ id }: { readonly id: ProjectId }) {
  const project = useProject(id)
  return project === undefined ? null : <option value={id}>{project.name}</option>
}
