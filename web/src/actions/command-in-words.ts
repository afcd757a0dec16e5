import type { Command, QuestEdit } from '@questlog/shared/domain/commands/commands'
import { questIdOfCompletion } from '@questlog/shared/domain/completions/completion'
import { type QuestId, storedId } from '@questlog/shared/domain/kernel/ids'
import type { Patch, TableName } from '@questlog/shared/domain/kernel/record-write'
import type { Reverted } from '@questlog/shared/store/history'
import type { MessageKey } from '../i18n/message.ts'
import type { Values } from '../i18n/translate.ts'

/** What a command did, as a message with its values. */
export interface DidWords {
  readonly message: MessageKey
  readonly values: Values
}

/** Reads a record's fields, those of one that is not shown included. */
interface Named {
  fieldsOf(table: TableName, id: string): Patch | undefined
}

/** Of each command what it did, and which of the records it wrote that is said of. */
const words: { readonly [Kind in Command['kind']]: readonly [MessageKey, TableName] } = {
  createQuest: ['did.added', 'quests'],
  createQuests: ['did.added', 'quests'],
  editQuest: ['did.changed', 'quests'],
  editQuests: ['did.changed', 'quests'],
  completeQuest: ['did.completed', 'completions'],
  completeQuests: ['did.completed', 'completions'],
  reopenQuest: ['did.reopened', 'completions'],
  reopenQuests: ['did.reopened', 'completions'],
  trashQuests: ['did.trashed', 'quests'],
  restoreQuests: ['did.restored', 'quests'],
  purgeQuests: ['did.purged', 'quests'],
  moveQuest: ['did.moved', 'quests'],
  moveQuests: ['did.moved', 'quests'],
  reorderQuest: ['did.reordered', 'quests'],
  tagQuest: ['did.tagged', 'quests'],
  tagQuests: ['did.tagged', 'quests'],
  untagQuest: ['did.untagged', 'quests'],
  addStep: ['did.stepAdded', 'quests'],
  editStep: ['did.stepChanged', 'quests'],
  removeStep: ['did.stepRemoved', 'quests'],
  reorderStep: ['did.stepMoved', 'quests'],
  assignQuest: ['did.assigned', 'quests'],
  unassignQuest: ['did.unassigned', 'quests'],
  addReminder: ['did.reminder', 'quests'],
  editReminder: ['did.reminder', 'quests'],
  removeReminder: ['did.reminder', 'quests'],
  relate: ['did.related', 'relations'],
  unrelate: ['did.unrelated', 'relations'],
  createProject: ['did.added', 'projects'],
  editProject: ['did.changed', 'projects'],
  reorderProject: ['did.reordered', 'projects'],
  trashProject: ['did.trashed', 'projects'],
  restoreProject: ['did.restored', 'projects'],
  createTag: ['did.added', 'tags'],
  editTag: ['did.changed', 'tags'],
  deleteTag: ['did.deleted', 'tags'],
  createSection: ['did.added', 'sections'],
  editSection: ['did.changed', 'sections'],
  reorderSection: ['did.reordered', 'sections'],
  deleteSection: ['did.deleted', 'sections'],
  createCategory: ['did.added', 'categories'],
  editCategory: ['did.changed', 'categories'],
  reorderCategory: ['did.reordered', 'categories'],
  deleteCategory: ['did.deleted', 'categories'],
  createTemplate: ['did.added', 'templates'],
  editTemplate: ['did.changed', 'templates'],
  deleteTemplate: ['did.deleted', 'templates'],
  instantiateTemplate: ['did.added', 'quests'],
}

/** What is said of an edit that sets one field alone. */
const wordsOfField: { readonly [Field in keyof QuestEdit]-?: MessageKey } = {
  title: 'did.renamed',
  status: 'did.statusSet',
  priority: 'did.prioritized',
  difficulty: 'did.changed',
  energy: 'did.changed',
  start: 'did.dated',
  scheduled: 'did.dated',
  due: 'did.dated',
  deadline: 'did.dated',
  estimateMin: 'did.changed',
  recurrence: 'did.changed',
  parentId: 'did.changed',
  categoryId: 'did.changed',
}

/** What the command did that an undo took back or a redo repeated, with the name of what it was done to. */
export function commandInWords({ what: command, changes }: Reverted<Command>, log: Named): DidWords {
  const [message, table] = words[command.kind]
  const written = changes.some((change) => change.table === table) ? table : (changes[0]?.table ?? table)
  const ids = new Set(changes.flatMap((change) => (change.table === written ? [change.id] : [])))
  const [first = ''] = ids
  return { message: messageOf(command) ?? message, values: { count: ids.size, name: nameOf(written, first) } }

  function nameOf(place: TableName, id: string): string {
    if (place === 'completions') return nameOf('quests', questIdOfCompletion(id))
    const held = log.fieldsOf(place, id)
    const textOf = (field: string) => {
      // What is gone now was there before.
      const change = changes.find((each) => each.table === place && each.id === id && each.path === field)
      const value = held?.[field] ?? change?.after ?? change?.before
      return typeof value === 'string' ? value : ''
    }
    if (place === 'relations') return nameOf('quests', textOf('from'))
    return textOf(place === 'quests' ? 'title' : 'name')
  }
}

/** What is said of an edit of a quest. */
export function editInWords(fields: QuestEdit): MessageKey {
  return messageOfFields([fields]) ?? 'did.changed'
}

/** The quests that an undo or a redo changed. */
export function questsIn({ changes }: Reverted<Command>): ReadonlySet<QuestId> {
  const ids = changes.flatMap(({ table, id }) => {
    if (table === 'completions') return [questIdOfCompletion(id)]
    return table === 'quests' ? [storedId<QuestId>(id)] : []
  })
  return new Set(ids)
}

function messageOf(command: Command): MessageKey | undefined {
  if (command.kind === 'editProject' && command.fields.archivedAt !== undefined)
    return command.fields.archivedAt === null ? 'did.unarchived' : 'did.archived'
  if (command.kind === 'editQuest') return messageOfFields([command.fields])
  return command.kind === 'editQuests' ? messageOfFields(command.edits.map(({ fields }) => fields)) : undefined
}

function messageOfFields(edits: readonly QuestEdit[]): MessageKey | undefined {
  const fields = new Set(edits.flatMap((edit) => Object.keys(edit)))
  const [only] = fields
  const [, message] = Object.entries(wordsOfField).find(([field]) => field === only) ?? []
  return fields.size === 1 ? message : undefined
}
