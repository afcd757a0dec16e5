import type { InvalidReason } from '../fields/checked.ts'
import { LIMITS } from '../fields/limits.ts'
import { isIdShaped, type QuestId, type TemplateId } from '../kernel/ids.ts'
import type { FieldValue, RecordWrite } from '../kernel/record-write.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { isRelatable } from '../relations/relation-id.ts'
import { clearedRecord } from '../state/cleared-record.ts'
import type { DecideContext, LogState } from '../state/log-state.ts'
import type { Template } from '../templates/template.ts'
import { keptOfQuest, storedTemplateQuest, type TemplateQuest } from '../templates/template-quest.ts'
import { isRealDate } from '../time/calendar-date.ts'
import { dayAt } from '../time/day.ts'
import type { CommandError } from './command-error.ts'
import { editable } from './decide-quest.ts'
import { checkNameAndColor, checkNewNameAndColor } from './name-and-color.ts'
import { questsFromTemplate } from './quests-from-template.ts'
import type { TemplateCommand } from './template-commands.ts'
import { questsForTemplate, relationsAmong } from './template-from-quest.ts'

type Decision = Result<readonly RecordWrite[], CommandError>
type Of<Kind extends TemplateCommand['kind']> = Extract<TemplateCommand, { kind: Kind }>

/** A template of a quest with its sub-quests, steps, the relations among them and the notes given. */
export function createTemplate(state: LogState, command: Of<'createTemplate'>, context: DecideContext): Decision {
  const { id, name, questId, notes = {} } = command
  if (!isIdShaped(id)) return invalid('id', 'malformed')
  if (state.template(id) !== undefined) return err({ code: 'already-exists', id })
  const fields = checkNewNameAndColor({ name })
  if (!fields.ok) return fields
  const root = editable(state, questId)
  if (!root.ok) return root
  const ids = questsForTemplate(state, questId)
  if (ids.length > LIMITS.templateQuests) return invalid('quests', 'too-many')
  const quests = templateQuests(state, ids, notes, dayAt(context.now, context.tz, context.dayStartHour))
  if (!quests.ok) return quests
  const content = {
    quests: quests.value.map(storedTemplateQuest),
    relations: relationsAmong(state, ids).map((relation) => ({ ...relation })),
  }
  if (JSON.stringify(content).length > LIMITS.templateSize) return invalid('quests', 'too-long')
  const patch: { [path: string]: FieldValue } = { ...fields.value, createdAt: context.now, quests: content.quests }
  if (content.relations.length > 0) patch.relations = content.relations
  if (context.userId !== null) patch.createdBy = context.userId
  if (root.value.projectId !== null) patch.projectId = root.value.projectId
  return ok([{ table: 'templates', id, patch }])
}

/** Renames a template; nothing to write where it has the name. */
export function editTemplate(state: LogState, command: Of<'editTemplate'>): Decision {
  const template = findTemplate(state, command.id)
  if (!template.ok) return template
  const { name } = command.fields
  const fields = checkNameAndColor(name === undefined ? {} : { name }, { name: template.value.name, color: null })
  if (!fields.ok) return fields
  return ok(Object.keys(fields.value).length === 0 ? [] : [{ table: 'templates', id: command.id, patch: fields.value }])
}

/** Removes a template; the quests made from it stay as they are. */
export function deleteTemplate(state: LogState, id: TemplateId): Decision {
  const template = findTemplate(state, id)
  return template.ok ? ok(clearedRecord(state, 'templates', id)) : template
}

/** Makes new quests from a template, at the end of their project or of the Inbox. */
export function instantiateTemplate(
  state: LogState,
  command: Of<'instantiateTemplate'>,
  context: DecideContext,
): Decision {
  const template = findTemplate(state, command.id)
  if (!template.ok) return template
  const ids = new Set(command.questIds)
  if (ids.size !== command.questIds.length || ids.size !== template.value.quests.length) {
    return invalid('questIds', 'malformed')
  }
  for (const id of ids) {
    if (!isIdShaped(id)) return invalid('questIds', 'malformed')
    if (template.value.relations.length > 0 && !isRelatable(id)) return invalid('questIds', 'too-long')
    if (state.quest(id) !== undefined) return err({ code: 'already-exists', id })
  }
  const day = command.day ?? dayAt(context.now, context.tz, context.dayStartHour)
  if (!isRealDate(day)) return invalid('day', 'not-a-date')
  return questsFromTemplate(state, template.value, { ...command, day }, context)
}

/** What is to be written into the notes of a template's new quests once the command is: notes are no records. */
export function notesFromTemplate(
  template: Template,
  questIds: readonly QuestId[],
): readonly { readonly id: QuestId; readonly text: string }[] {
  return questIds.flatMap((id, place) => {
    const text = template.quests[place]?.notes ?? ''
    return text === '' ? [] : [{ id, text }]
  })
}

function templateQuests(
  state: LogState,
  ids: readonly QuestId[],
  notes: { readonly [questId: string]: string },
  day: string,
): Result<readonly TemplateQuest[], CommandError> {
  const places = new Map(ids.map((id, place) => [id, place]))
  const quests: TemplateQuest[] = []
  for (const id of ids) {
    const quest = editable(state, id)
    if (!quest.ok) return quest
    const { parentId } = quest.value
    const parent = quests.length === 0 || parentId === null ? null : (places.get(parentId) ?? null)
    const note = Object.hasOwn(notes, id) ? (notes[id] ?? '') : ''
    if (note.length > LIMITS.noteLength) return invalid('notes', 'too-long')
    quests.push({ ...keptOfQuest(quest.value, day), parent, notes: note })
  }
  return ok(quests)
}

function findTemplate(state: LogState, id: TemplateId): Result<Template, CommandError> {
  const template = state.template(id)
  return template === undefined ? err({ code: 'not-found', table: 'templates', id }) : ok(template)
}

function invalid(field: string, reason: InvalidReason) {
  return err<CommandError>({ code: 'invalid-field', field, reason })
}
