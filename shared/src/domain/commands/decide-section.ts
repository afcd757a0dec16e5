import type { Section } from '../groups/group-fields.ts'
import { isIdShaped, type SectionId } from '../kernel/ids.ts'
import type { RecordWrite } from '../kernel/record-write.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { rankBetween } from '../order/rank.ts'
import { clearedRecord } from '../state/cleared-record.ts'
import { patchEvery } from '../state/every-quest.ts'
import type { DecideContext, LogState } from '../state/log-state.ts'
import type { CommandError } from './command-error.ts'
import { editableProject } from './decide-project.ts'
import type { GroupCommand } from './group-commands.ts'
import { checkNameAndColor, checkNewNameAndColor } from './name-and-color.ts'
import { rankedOthers, reorderRanked } from './reorder-ranked.ts'

type Decision = Result<readonly RecordWrite[], CommandError>
type Of<Kind extends GroupCommand['kind']> = Extract<GroupCommand, { kind: Kind }>

/** A new section after its project's last. */
export function createSection(state: LogState, command: Of<'createSection'>, context: DecideContext): Decision {
  const { id, projectId, name } = command
  if (!isIdShaped(id)) return err({ code: 'invalid-field', field: 'id', reason: 'malformed' })
  if (state.section(id) !== undefined) return err({ code: 'already-exists', id })
  const project = editableProject(state, projectId)
  if (!project.ok) return project
  const fields = checkNewNameAndColor({ name })
  if (!fields.ok) return fields
  const last = state.sections(projectId).at(-1)
  const lastRank = last === undefined ? undefined : state.section(last)?.rank
  const rank = rankBetween(lastRank ?? null, null, context.random)
  return ok([{ table: 'sections', id, patch: { ...fields.value, projectId, rank } }])
}

/** Renames a section; nothing to write where it has the name. */
export function editSection(state: LogState, command: Of<'editSection'>): Decision {
  const section = editableSection(state, command.id)
  if (!section.ok) return section
  const { name } = command.fields
  const fields = checkNameAndColor(name === undefined ? {} : { name }, { name: section.value.name, color: null })
  if (!fields.ok) return fields
  return ok(Object.keys(fields.value).length === 0 ? [] : [{ table: 'sections', id: command.id, patch: fields.value }])
}

/** Puts a section right after `after`, else right before `before`, else at the end of its project. */
export function reorderSection(state: LogState, command: Of<'reorderSection'>, context: DecideContext): Decision {
  const section = editableSection(state, command.id)
  if (!section.ok) return section
  const others = rankedOthers(state.sections(section.value.projectId), command.id, (id) => state.section(id))
  return reorderRanked('sections', others, command, context.random)
}

/** Removes a section; its quests stay in the project, without one. */
export function deleteSection(state: LogState, id: SectionId): Decision {
  const section = editableSection(state, id)
  if (!section.ok) return section
  const quests = patchEvery(state, (quest) => quest.sectionId === id, { sectionId: null })
  return ok([...clearedRecord(state, 'sections', id), ...quests])
}

function editableSection(state: LogState, id: SectionId): Result<Section, CommandError> {
  const section = state.section(id)
  if (section === undefined) return err({ code: 'not-found', table: 'sections', id })
  const project = editableProject(state, section.projectId)
  return project.ok ? ok(section) : project
}
