import type { Project } from '@questlog/shared/domain/groups/group-fields'
import type { ProjectId, QuestId } from '@questlog/shared/domain/kernel/ids'
import type { Quest } from '@questlog/shared/domain/quest/quest'

/** A line of the Trash: a project with the quests that come back with it, or a quest by itself. */
export type TrashRow =
  | { readonly kind: 'project'; readonly id: ProjectId; readonly questIds: readonly QuestId[] }
  | { readonly kind: 'quest'; readonly id: QuestId }

interface Trashed {
  project(id: ProjectId): Project | undefined
  quest(id: QuestId): Quest | undefined
}

/** The lines of the Trash: projects first. A quest that was deleted with its project is named there, not listed. */
export function splitTrash(
  log: Trashed,
  projects: readonly ProjectId[],
  quests: readonly QuestId[],
): readonly TrashRow[] {
  const byProject = new Map<ProjectId, QuestId[]>(projects.map((id) => [id, []]))
  const single: TrashRow[] = []
  for (const id of quests) {
    const quest = log.quest(id)
    const project = quest === undefined || quest.projectId === null ? undefined : log.project(quest.projectId)
    const isWithProject = project !== undefined && project.deletedAt === quest?.deletedAt
    const along = isWithProject ? byProject.get(project.id) : undefined
    if (along === undefined) single.push({ kind: 'quest', id })
    else along.push(id)
  }
  const whole = projects.map((id): TrashRow => ({ kind: 'project', id, questIds: byProject.get(id) ?? [] }))
  return [...whole, ...single]
}

/** The quests and projects that lines of the Trash stand for. */
export function recordsOf(rows: readonly TrashRow[]): {
  readonly questIds: readonly QuestId[]
  readonly projectIds: readonly ProjectId[]
} {
  return {
    questIds: rows.flatMap((row) => (row.kind === 'quest' ? [row.id] : row.questIds)),
    projectIds: rows.flatMap((row) => (row.kind === 'project' ? [row.id] : [])),
  }
}
