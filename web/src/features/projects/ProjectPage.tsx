import type { Project } from '@questlog/shared/domain/groups/group-fields'
import type { ProjectId } from '@questlog/shared/domain/kernel/ids'
import { useMemo } from 'react'
import { offerUndo, perform } from '../../actions/perform.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useProject, useWorkspace } from '../../session/workspace-context.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { goTo } from '../../ui/go-to.ts'
import { Page } from '../../ui/Page.tsx'
import { QuestList } from '../quests/QuestList.tsx'
import { QuickAdd } from '../quests/QuickAdd.tsx'
import { SelectButton } from '../quests/SelectButton.tsx'
import { useOpenAndDone } from '../quests/use-sections.ts'
import { ProjectMenu } from './ProjectMenu.tsx'
import { TrashedProject } from './TrashedProject.tsx'

/** The quests of one project. */
export function ProjectPage(props: { readonly id: string }) {
  const id = props.id as ProjectId
  const t = useTranslate()
  const project = useProject(id)
  if (project === undefined)
    return (
      <Page>
        <EmptyState title={t('project.gone')} text={t('project.goneText')} />
      </Page>
    )
  return project.deletedAt === null ? <ProjectList project={project} /> : <TrashedProject project={project} />
}

function ProjectList({ project }: { readonly project: Project }) {
  const t = useTranslate()
  const workspace = useWorkspace()
  const sections = useOpenAndDone(project.id)
  const place = useMemo(() => ({ projectId: project.id, due: null }), [project.id])
  const trash = () => {
    if (!perform(workspace, { kind: 'trashProject', id: project.id })) return
    goTo('/projects')
    offerUndo(workspace, 'project.movedToTrash', { name: project.name })
  }
  return (
    <Page
      title={project.name}
      detail={t('list.count', { count: sections[0]?.ids.length ?? 0 })}
      actions={
        <>
          <SelectButton />
          <ProjectMenu project={project} onTrash={trash} />
        </>
      }
    >
      <QuickAdd place={place} label={t('quest.addToProject', { name: project.name })} autoFocus={false} />
      <QuestList
        label={project.name}
        sections={sections}
        isToday={false}
        empty={<EmptyState title={t('project.empty')} text={t('project.emptyText')} />}
      />
    </Page>
  )
}
