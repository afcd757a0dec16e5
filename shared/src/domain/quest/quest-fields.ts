import type { FieldTable, GivenType, NamesOf } from '../fields/field.ts'
import { namesWith } from '../fields/field.ts'
import { LIMITS } from '../fields/limits.ts'
import { count, id, ids, instant, line, option, rank, when } from '../fields/value-types.ts'
import type { CategoryId, ProjectId, QuestId, SectionId, TagId, TemplateId, UserId } from '../kernel/ids.ts'
import { defaultRank } from '../order/rank.ts'
import { attachments } from './attachment.ts'
import { source, workspacesLeft } from './origin.ts'
import { recurrence } from './recurrence.ts'
import { reminders } from './reminder.ts'
import { steps } from './step.ts'

export const STATUSES = ['open', 'active', 'waiting', 'cancelled'] as const
/** 0 none, 1 urgent, 2 high, 3 medium, 4 low. */
export const PRIORITIES = [0, 1, 2, 3, 4] as const
export const DIFFICULTIES = ['trivial', 'easy', 'medium', 'hard', 'epic'] as const
export const ENERGIES = ['deep', 'medium', 'low'] as const

/**
 * How a field is set once the quest is there.
 * - `edit`: by `editQuest`.
 * - `whole`: by commands of its own; REST sets it as a whole (`write-quest-fields.ts`).
 * - `act`: by what a person does with the quest, such as putting it into the Trash.
 * - `never`.
 */
type Written = 'edit' | 'whole' | 'act' | 'never'

type QuestFieldTable = FieldTable & {
  readonly [field: string]: (
    | { readonly written: 'edit'; readonly type: GivenType }
    | { readonly written: Exclude<Written, 'edit'> }
  ) & {
    /** Whether a template keeps it (`template-quest.ts`). */
    readonly inTemplates: boolean
    /** In another workspace: as it is, cleared, or what it names is found there (`move-quests.ts`). */
    readonly onMove: 'kept' | 'cleared' | 'found'
    /** How the history tells a change of it: with its name and values, in a sentence of its own, or not at all. */
    readonly inHistory: 'values' | 'own' | 'never'
  }
}

/**
 * Every field of a quest. Its type, reader and rules, the commands, templates, moves, REST, its documentation, the rows
 * of the read model and the history follow from this table, or do not compile until they know a new field.
 * Times in `…At` are milliseconds since the Unix epoch. Exports carry every field, known or not. Notes live beside the
 * record as collaborative text.
 */
export const questFields = {
  title: {
    type: line(LIMITS.titleLength),
    default: '',
    isRequired: true,
    written: 'edit',
    inTemplates: true,
    onMove: 'kept',
    inHistory: 'values',
  },
  status: {
    type: option(STATUSES),
    default: 'open',
    written: 'edit',
    inTemplates: false,
    onMove: 'kept',
    inHistory: 'values',
  },
  priority: {
    type: option(PRIORITIES),
    default: 0,
    written: 'edit',
    inTemplates: true,
    onMove: 'kept',
    inHistory: 'values',
  },
  difficulty: {
    type: option(DIFFICULTIES),
    default: 'medium',
    written: 'edit',
    inTemplates: true,
    onMove: 'kept',
    inHistory: 'values',
  },
  energy: {
    type: option(ENERGIES),
    default: null,
    written: 'edit',
    inTemplates: true,
    onMove: 'kept',
    inHistory: 'values',
  },
  start: { type: when, default: null, written: 'edit', inTemplates: true, onMove: 'kept', inHistory: 'values' },
  scheduled: { type: when, default: null, written: 'edit', inTemplates: true, onMove: 'kept', inHistory: 'values' },
  due: { type: when, default: null, written: 'edit', inTemplates: true, onMove: 'kept', inHistory: 'values' },
  deadline: { type: when, default: null, written: 'edit', inTemplates: true, onMove: 'kept', inHistory: 'values' },
  /** Whole minutes. */
  estimateMin: {
    type: count({ least: 1, most: LIMITS.estimateMin }),
    default: null,
    written: 'edit',
    inTemplates: true,
    onMove: 'kept',
    inHistory: 'values',
  },
  recurrence: {
    type: recurrence,
    default: null,
    written: 'edit',
    inTemplates: true,
    onMove: 'kept',
    inHistory: 'values',
  },
  parentId: {
    type: id<QuestId>('quests'),
    default: null,
    written: 'edit',
    inTemplates: false,
    onMove: 'found',
    inHistory: 'values',
  },
  categoryId: {
    type: id<CategoryId>('categories'),
    default: null,
    written: 'edit',
    inTemplates: true,
    onMove: 'found',
    inHistory: 'values',
  },
  projectId: {
    type: id<ProjectId>('projects'),
    default: null,
    written: 'whole',
    inTemplates: false,
    onMove: 'cleared',
    inHistory: 'values',
  },
  sectionId: {
    type: id<SectionId>('sections'),
    default: null,
    written: 'whole',
    inTemplates: false,
    onMove: 'cleared',
    inHistory: 'values',
  },
  tags: { type: ids<TagId>('tags'), written: 'whole', inTemplates: true, onMove: 'found', inHistory: 'own' },
  assignees: { type: ids<UserId>('accounts'), written: 'whole', inTemplates: true, onMove: 'found', inHistory: 'own' },
  steps: { type: steps, written: 'whole', inTemplates: true, onMove: 'kept', inHistory: 'own' },
  reminders: { type: reminders, written: 'whole', inTemplates: true, onMove: 'kept', inHistory: 'values' },
  /** Fractional index in its list. */
  rank: {
    type: rank,
    default: defaultRank,
    written: 'act',
    inTemplates: false,
    onMove: 'kept',
    inHistory: 'own',
  },
  /** Fractional index in Today, which keeps its own order. */
  todayRank: { type: rank, default: null, written: 'act', inTemplates: false, onMove: 'kept', inHistory: 'own' },
  deletedAt: { type: instant, default: null, written: 'act', inTemplates: false, onMove: 'kept', inHistory: 'own' },
  attachments: { type: attachments, written: 'never', inTemplates: false, onMove: 'kept', inHistory: 'values' },
  /** The template it was made from. */
  templateId: {
    type: id<TemplateId>('templates'),
    default: null,
    written: 'never',
    inTemplates: false,
    onMove: 'cleared',
    inHistory: 'never',
  },
  createdAt: {
    type: instant,
    default: 0,
    isRequired: true,
    written: 'never',
    inTemplates: false,
    onMove: 'kept',
    inHistory: 'never',
  },
  createdBy: {
    type: id<UserId>('accounts'),
    default: null,
    written: 'never',
    inTemplates: false,
    onMove: 'kept',
    inHistory: 'never',
  },
  source: { type: source, default: null, written: 'never', inTemplates: false, onMove: 'kept', inHistory: 'never' },
  /** The workspaces it was in before, with when it left each: where its earlier history is. */
  movedFrom: { type: workspacesLeft, written: 'never', inTemplates: false, onMove: 'kept', inHistory: 'never' },
} as const satisfies QuestFieldTable

export type QuestFields = typeof questFields
/** The fields that `editQuest` sets. */
export type QuestEditField = NamesOf<QuestFields, { readonly written: 'edit' }>

export const QUEST_EDIT_FIELDS: readonly QuestEditField[] = namesWith(questFields, 'written', 'edit')
