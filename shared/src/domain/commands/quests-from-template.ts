import type { ProjectId, QuestId, SectionId } from '../kernel/ids.ts'
import type { RecordWrite } from '../kernel/record-write.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { rankBetween } from '../order/rank.ts'
import type { Quest, Reminder } from '../quest/quest.ts'
import { defaultQuest } from '../quest/quest-fields.ts'
import { patchOfQuest } from '../quest/quest-patch.ts'
import { relationEnds, relationIdOf } from '../relations/relation-id.ts'
import type { DecideContext, LogState } from '../state/log-state.ts'
import type { Template, TemplateQuest, TemplateReminder } from '../templates/template.ts'
import { type RelativeWhen, whenFrom } from '../time/relative-when.ts'
import type { When } from '../time/when.ts'
import type { CommandError } from './command-error.ts'
import { checkPlace, endRank } from './decide-quest.ts'
import { checkLine, LIMITS } from './field-rules.ts'

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
      ...contentOf(state, source, wanted.day),
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

function contentOf(state: LogState, source: TemplateQuest, day: string) {
  const { parent: _parent, title: _title, notes: _notes, ...plain } = source
  const at = (relative: RelativeWhen | null): When | null => (relative === null ? null : whenFrom(relative, day))
  return {
    ...plain,
    categoryId:
      source.categoryId !== null && state.category(source.categoryId) !== undefined ? source.categoryId : null,
    tags: new Set(source.tags.filter((id) => state.tag(id) !== undefined)),
    assignees: new Set(source.assignees),
    start: at(source.start),
    scheduled: at(source.scheduled),
    due: at(source.due),
    deadline: at(source.deadline),
    steps: new Map(source.steps.map(({ id, text, rank }) => [id, { text, rank, done: false }])),
    reminders: new Map([...source.reminders].flatMap(([id, reminder]) => reminderFrom(id, reminder, day))),
  }
}

function reminderFrom(id: string, reminder: TemplateReminder, day: string): readonly (readonly [string, Reminder])[] {
  if (!('at' in reminder)) return [[id, reminder]]
  const at = whenFrom(reminder.at, day)
  return at === null ? [] : [[id, { ...reminder, at }]]
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
