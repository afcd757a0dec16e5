import type { ProjectId } from '@questlog/shared/domain/kernel/ids'
import type { ListKey } from '@questlog/shared/domain/quest/lists'
import { useMemo } from 'react'
import { Link } from 'wouter'
import { useTranslate } from '../../i18n/translate.ts'
import { useIsReadOnly, useListCount, useProject, useProjects } from '../../session/workspace-context.ts'
import { openDialog } from '../../ui/dialogs.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page, PageBody } from '../../ui/Page.tsx'
import { NewProject } from './later-new-project.ts'

/** All projects with what is left in each. */
export function ProjectsPage() {
  const t = useTranslate()
  const projects = useProjects()
  const readOnly = useIsReadOnly()
  const create = (
    <button type="button" className="button" disabled={readOnly} onClick={() => openDialog(NewProject)}>
      {t('project.new')}
    </button>
  )
  return (
    <Page detail={projects.length === 0 ? null : t('project.count', { count: projects.length })} actions={create}>
      {projects.length === 0 ? (
        <EmptyState title={t('project.none')} text={t('project.noneText')} />
      ) : (
        <PageBody>
          <ul aria-label={t('nav.projects')} className="mt-2 border-t border-line">
            {projects.map((id) => (
              <ProjectLine key={id} id={id} />
            ))}
          </ul>
        </PageBody>
      )}
    </Page>
  )
}

function ProjectLine({ id }: { readonly id: ProjectId }) {
  const t = useTranslate()
  const project = useProject(id)
  const open = useListCount(useMemo<ListKey>(() => ({ kind: 'project', projectId: id }), [id]))
  if (project === undefined) return null
  return (
    <li className="relative flex items-baseline gap-3 border-b border-line px-1 py-3 hover:bg-hover has-[a:focus-visible]:outline-2 has-[a:focus-visible]:outline-accent">
      <Link
        href={`/projects/${id}`}
        className="min-w-0 flex-1 font-semibold outline-none [overflow-wrap:anywhere] after:absolute after:inset-0"
      >
        <bdi>{project.name}</bdi>
      </Link>
      {project.archivedAt === null ? null : <span className="text-sm text-soft">{t('project.archived')}</span>}
      <span className="text-sm text-soft">{t('project.open', { count: open })}</span>
    </li>
  )
}
