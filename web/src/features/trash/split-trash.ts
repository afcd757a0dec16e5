import type { ProjectId, QuestId } from '@questlog/shared/domain/kernel/ids'
import type { Project, Quest } from '@questlog/shared/domain/quest/quest'

/** A line of the Trash: a project with how many quests come back with it, or a quest by itself. */
export type TrashRow =
  | { readonly kind: 'project'; readonly id: ProjectId; readonly questCount: number }
  | { readonly kind: 'quest'; readonly id: QuestId }

interface Trashed {
  project(id: ProjectId): Project | undefined
  quest(id: QuestId): Quest | undefined
}

/** The lines of the Trash: projects first. A quest that was deleted with its project is counted there, not listed. */
export function splitTrash(
  log: Trashed,
  projects: readonly ProjectId[],
  quests: readonly QuestId[],
): readonly TrashRow[] {
  const countByProject = new Map<ProjectId, number>()
  const single: TrashRow[] = []
  for (const id of quests) {
    const quest = log.quest(id)
    const project = quest === undefined || quest.projectId === null ? undefined : log.project(quest.projectId)
    const isWithProject = project !== undefined && project.deletedAt === quest?.deletedAt
    if (isWithProject) countByProject.set(project.id, (countByProject.get(project.id) ?? 0) + 1)
    else single.push({ kind: 'quest', id })
  }
  const whole = projects.map((id): TrashRow => ({ kind: 'project', id, questCount: countByProject.get(id) ?? 0 }))
  return [...whole, ...single]
}
