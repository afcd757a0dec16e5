import type { Project } from '@questlog/shared/domain/groups/group-fields'
import { newId, type ProjectId, type QuestId } from '@questlog/shared/domain/kernel/ids'
import { makeQuest } from '@questlog/shared/domain/quest/make-quest'
import { expect, test } from 'vitest'
import { recordsOf, splitTrash } from './split-trash.ts'

test('the Trash names the quests that went with a project, and lists those that went by themselves', () => {
  const [projectId, otherId] = [newId<ProjectId>(), newId<ProjectId>()]
  const base = { color: null, rank: 'a', createdAt: 0, archivedAt: null }
  const projects: readonly Project[] = [
    { ...base, id: projectId, name: 'Work', deletedAt: 5 },
    { ...base, id: otherId, name: 'Home', deletedAt: null },
  ]
  const quests = [
    makeQuest({ id: newId<QuestId>(), projectId, deletedAt: 5 }),
    makeQuest({ id: newId<QuestId>(), projectId, deletedAt: 4 }),
    makeQuest({ id: newId<QuestId>(), projectId: otherId, deletedAt: 5 }),
    makeQuest({ id: newId<QuestId>(), deletedAt: 5 }),
  ]
  const log = {
    project: (id: ProjectId) => projects.find((project) => project.id === id),
    quest: (id: QuestId) => quests.find((quest) => quest.id === id),
  }
  const ids = quests.map(({ id }) => id)
  expect(splitTrash(log, [projectId], ids)).toEqual([
    { kind: 'project', id: projectId, questIds: ids.slice(0, 1) },
    ...ids.slice(1).map((id) => ({ kind: 'quest', id })),
  ])
  expect(recordsOf(splitTrash(log, [projectId], ids))).toEqual({ questIds: ids, projectIds: [projectId] })
})
