import type { CommandError } from '@questlog/shared/domain/commands/command-error'
import type { QuestEdit } from '@questlog/shared/domain/commands/commands'
import type { NamesOf } from '@questlog/shared/domain/fields/field'
import { LIMITS } from '@questlog/shared/domain/fields/limits'
import {
  type ProjectId,
  type QuestId,
  type RecordId,
  type SectionId,
  storedId,
  type TagId,
} from '@questlog/shared/domain/kernel/ids'
import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import { QUEST_EDIT_FIELDS, type QuestFields } from '@questlog/shared/domain/quest/quest-fields'
import { RECURRENCE_DEFAULTS, type Recurrence } from '@questlog/shared/domain/quest/recurrence'
import type { CreateQuest, PatchQuest } from '@questlog/shared/protocol/quest-writes'
import type { Draft } from '../read-model/workspace-store.ts'
import { dispatchEach } from '../records/answer-records.ts'
import { writeReminders } from './write-reminders.ts'
import { writeSteps } from './write-steps.ts'

type Written = Result<void, CommandError>
type Write = (draft: Draft, id: QuestId, fields: PatchQuest) => Written

/** Makes a quest under an id with all that is given of it. */
export function createQuest(draft: Draft, questId: string, quest: Omit<CreateQuest, 'workspaceId' | 'id'>): Written {
  const { title, projectId = null, sectionId = null, tags = [] } = quest
  const id = storedId<QuestId>(questId)
  const edit = editOf(quest, null)
  if (!edit.ok) return edit
  const { parentId = null, title: _title, ...fields } = edit.value
  const created = draft.dispatch({
    kind: 'createQuest',
    id,
    title,
    fields,
    projectId: storedOrNull<ProjectId>(projectId),
    sectionId: storedOrNull<SectionId>(sectionId),
    parentId,
    tags: tags.map((tagId) => storedId<TagId>(tagId)),
  })
  if (!created.ok) return created
  return writeEach(afterCreation, draft, id, quest)
}

/** Changes the fields of a quest that are given. Only what differs is written, so that edits from elsewhere stay. */
export function writeQuestFields(draft: Draft, id: QuestId, fields: PatchQuest): Written {
  return writeEach([writeEdit, ...Object.values(writers)], draft, id, fields)
}

function writeEach(writes: readonly Write[], draft: Draft, id: QuestId, fields: PatchQuest): Written {
  for (const write of writes) {
    const written = write(draft, id, fields)
    if (!written.ok) return written
  }
  return ok(undefined)
}

const writeEdit: Write = (draft, id, fields) => {
  const edit = editOf(fields, draft.state.quest(id)?.recurrence ?? null)
  return edit.ok ? draft.dispatch({ kind: 'editQuest', id, fields: edit.value }) : edit
}

const writePlace: Write = (draft, id, { projectId, sectionId }) => {
  const quest = draft.state.quest(id)
  if (quest === undefined || (projectId === undefined && sectionId === undefined)) return ok(undefined)
  const toProject = projectId === undefined ? quest.projectId : storedOrNull<ProjectId>(projectId)
  // A section belongs to its project: in another one there is none until one is named.
  const kept = toProject === quest.projectId ? quest.sectionId : null
  const toSection = sectionId === undefined ? kept : storedOrNull<SectionId>(sectionId)
  // Where it is already is not asked whether it is still there.
  if (toProject === quest.projectId && toSection === quest.sectionId) return ok(undefined)
  return draft.dispatch({ kind: 'moveQuest', id, projectId: toProject, sectionId: toSection })
}

const writeTags: Write = (draft, id, { tags }) => {
  if (tags === undefined) return ok(undefined)
  const { fresh, gone } = compare(draft.state.quest(id)?.tags, tags)
  return dispatchEach(draft, [
    ...gone.map((tagId) => ({ kind: 'untagQuest', id, tagId }) as const),
    ...fresh.map((tagId) => ({ kind: 'tagQuest', id, tagId }) as const),
  ])
}

const writeAssignees: Write = (draft, id, { assignees }) => {
  if (assignees === undefined) return ok(undefined)
  const { fresh, gone } = compare(draft.state.quest(id)?.assignees, assignees)
  return dispatchEach(draft, [
    ...gone.map((userId) => ({ kind: 'unassignQuest', id, userId }) as const),
    ...fresh.map((userId) => ({ kind: 'assignQuest', id, userId }) as const),
  ])
}

const writeNotes: Write = (draft, id, { notes }) => {
  if (notes === undefined) return ok(undefined)
  if (notes.length > LIMITS.noteLength) return err({ code: 'invalid-field', field: 'notes', reason: 'too-long' })
  draft.setNote(id, notes)
  return ok(undefined)
}

/** How each field that has commands of its own is written as a whole, in this order; notes lie beside the record. */
const writers: { readonly [Field in WholeField | 'notes']: Write } = {
  projectId: writePlace,
  sectionId: writePlace,
  tags: writeTags,
  assignees: writeAssignees,
  reminders: writeReminders,
  steps: writeSteps,
  notes: writeNotes,
}
/** Its place and its tags a quest is made with. */
const { projectId: _projectId, sectionId: _sectionId, tags: _tags, ...laterWriters } = writers
const afterCreation = Object.values(laterWriters)

type WholeField = NamesOf<QuestFields, { readonly written: 'whole' }>

function editOf({ recurrence: patch, ...fields }: PatchQuest, had: Recurrence | null): Result<QuestEdit, CommandError> {
  const recurrence = patch && mergedRecurrence(had, patch)
  if (recurrence?.ok === false) return recurrence
  return ok({ ...editedFields(fields), ...(recurrence !== undefined && { recurrence: recurrence?.value ?? null }) })
}

/** Of the fields of a request those that `editQuest` sets; the domain checks what is in them. */
function editedFields(fields: PatchQuest): QuestEdit
function editedFields(fields: PatchQuest): object {
  return Object.fromEntries(
    QUEST_EDIT_FIELDS.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])),
  )
}

/** A recurrence with what a patch names of it; a quest that has none begins with the defaults. */
function mergedRecurrence(
  current: Recurrence | null,
  patch: NonNullable<PatchQuest['recurrence']>,
): Result<Recurrence, CommandError> {
  const { pausedUntil: until, ...had } = { ...RECURRENCE_DEFAULTS, ...current }
  const { rrule = current?.rrule, anchor = had.anchor, missed = had.missed, monthEnd = had.monthEnd } = patch
  const { exdates = had.exdates, waitForDone = had.waitForDone, pausedUntil = until ?? null } = patch
  if (rrule === undefined) return err({ code: 'invalid-field', field: 'recurrence.rrule', reason: 'empty' })
  const merged = { ...had, rrule, anchor, missed, monthEnd, exdates, waitForDone }
  return ok(pausedUntil === null ? merged : { ...merged, pausedUntil })
}

function storedOrNull<Id extends RecordId>(id: string | null): Id | null {
  return id === null ? null : storedId<Id>(id)
}

function compare<Id extends RecordId>(had: ReadonlySet<Id> = new Set(), wanted: readonly string[]) {
  const ids = new Set(wanted.map((id) => storedId<Id>(id)))
  return { fresh: [...ids].filter((id) => !had.has(id)), gone: [...had].filter((id) => !ids.has(id)) }
}
