import { LIMITS } from '../fields/limits.ts'
import type { IdOf } from '../fields/value-types.ts'
import { checkLine } from '../fields/value-types.ts'
import type { ProjectId, QuestId, SectionId } from '../kernel/ids.ts'
import type { RecordWrite } from '../kernel/record-write.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { rankBetween } from '../order/rank.ts'
import type { Quest } from '../quest/quest.ts'
import { defaultQuest, patchOfQuest } from '../quest/quest.ts'
import { relationEnds, relationIdOf } from '../relations/relation-id.ts'
import type { DecideContext, LogState } from '../state/log-state.ts'
import type { Template } from '../templates/template.ts'
import { questFromKept } from '../templates/template-quest.ts'
import type { CommandError } from './command-error.ts'
import { checkPlace, endRank } from './decide-quest.ts'

/** Where and as what a template's quests are to be made. */
export interface NewFromTemplate {
  /** One for each of the template's quests, in their order. */
  readonly questIds: readonly QuestId[]
  readonly title?: string
  readonly projectId?: ProjectId | null
  readonly sectionId?: SectionId | null
  /** `YYYY-MM-DD`. */
  readonly day: string
}

/**
 * A template's quests, with their steps undone and the relations among them. A tag, category or project that is gone is
 * left out, and so is a date beyond the calendar.
 */
export function questsFromTemplate(
  state: LogState,
  template: Template,
  wanted: NewFromTemplate,
  context: DecideContext,
): Result<readonly RecordWrite[], CommandError> {
  const { questIds, sectionId = null, projectId = projectOf(state, template) } = wanted
  const place = checkPlace(state, projectId, sectionId)
  if (place !== null) return err(place)
  const title = wanted.title === undefined ? null : checkLine(wanted.title, LIMITS.titleLength)
  if (title?.ok === false) return err({ code: 'invalid-field', field: 'title', reason: title.error })
  const use = {
    day: wanted.day,
    isThere: (of: IdOf, id: string) => of === 'accounts' || state.fieldsOf(of, id) !== undefined,
  }
  const writes: RecordWrite[] = []
  let rank: string | null = null
  for (const [index, source] of template.quests.entries()) {
    const id = questIds[index]
    if (id === undefined) throw new RangeError('a quest of the template has no new id')
    rank = rank === null ? endRank(state, projectId, context) : rankBetween(rank, null, context.random)
    const parentId = source.parent === null ? null : (questIds[source.parent] ?? null)
    const own = index === 0 && title !== null ? title.value : source.title
    const quest: Quest = {
      ...defaultQuest(id, own, context.now),
      ...questFromKept(source, use),
      title: own,
      templateId: template.id,
      createdBy: context.userId,
      projectId,
      sectionId,
      parentId,
      rank,
    }
    writes.push({ table: 'quests', id, patch: patchOfQuest(quest) })
  }
  return ok([...writes, ...relationsFrom(template, questIds, context)])
}

function relationsFrom(template: Template, ids: readonly QuestId[], context: DecideContext): readonly RecordWrite[] {
  return template.relations.flatMap(({ kind, from, to }): readonly RecordWrite[] => {
    const [first, second] = [ids[from], ids[to]]
    if (first === undefined || second === undefined) return []
    const patch = { kind, ...relationEnds(kind, first, second), createdAt: context.now, createdBy: context.userId }
    return [{ table: 'relations', id: relationIdOf(kind, first, second), patch }]
  })
}

function projectOf(state: LogState, { projectId }: Template): ProjectId | null {
  return projectId !== null && state.project(projectId)?.deletedAt === null ? projectId : null
}
