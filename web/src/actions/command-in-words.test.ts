import { makeDevice } from '@questlog/shared/client/testing/devices'
import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import type { Command } from '@questlog/shared/domain/commands/commands'
import { newId, type ProjectId, type QuestId, type TagId } from '@questlog/shared/domain/kernel/ids'
import { expect, test } from 'vitest'
import type { Message } from '../i18n/message.ts'
import { translateIn } from '../i18n/translate.ts'
import { commandInWords, questsIn } from './command-in-words.ts'
import { firstGerman } from './first-texts.de.ts'
import { firstEnglish } from './first-texts.en.ts'

const [a, b] = [newId<QuestId>(), newId<QuestId>()]
const projectId = newId<ProjectId>()
const tagId = newId<TagId>()

async function openLog(): Promise<Workspace> {
  const workspace = await makeDevice().open()
  workspace.dispatch({ kind: 'createQuest', id: a, title: 'Buy milk' })
  workspace.dispatch({ kind: 'createQuest', id: b, title: 'Sell cow' })
  workspace.dispatch({ kind: 'createProject', id: projectId, name: 'Farm' })
  workspace.dispatch({ kind: 'createTag', id: tagId, name: 'soon' })
  return workspace
}

/** What is said when a command is undone, and when it is done again. */
async function said(...commands: readonly Command[]): Promise<readonly string[]> {
  const workspace = await openLog()
  for (const command of commands) expect(workspace.dispatch(command)).toMatchObject({ ok: true })
  const texts = [workspace.undo, workspace.redo].map((act) => {
    const reverted = act()
    if (reverted === null) throw new Error('nothing to revert')
    const { message, values } = commandInWords(reverted, workspace.projection)
    return translateIn('en', message, values)
  })
  await workspace.close()
  return texts
}

const rows: readonly (readonly [string, readonly Command[]])[] = [
  ['Added “New”', [{ kind: 'createQuest', id: newId(), title: 'New' }]],
  ['Added 2 quests', [{ kind: 'createQuests', quests: ['x', 'y'].map((title) => ({ id: newId<QuestId>(), title })) }]],
  ['Completed “Buy milk”', [{ kind: 'completeQuest', id: a }]],
  ['Completed 2 quests', [{ kind: 'completeQuests', ids: [a, b] }]],
  [
    'Reopened “Buy milk”',
    [
      { kind: 'completeQuest', id: a },
      { kind: 'reopenQuest', id: a },
    ],
  ],
  ['Moved “Buy milk” to the Trash', [{ kind: 'trashQuests', ids: [a] }]],
  ['Changed the date of “Buy milk”', [{ kind: 'editQuest', id: a, fields: { due: { d: '2027-01-01' } } }]],
  ['Changed “Buy milk”', [{ kind: 'editQuest', id: a, fields: { priority: 1, difficulty: 'hard' } }]],
  ['Tagged “Buy milk”', [{ kind: 'tagQuests', ids: [a], tagId: newId(), newTagName: 'new' }]],
  [
    'Deleted “soon”',
    [
      { kind: 'tagQuest', id: a, tagId },
      { kind: 'deleteTag', id: tagId },
    ],
  ],
  ['Linked “Buy milk”', [{ kind: 'relate', relation: 'blocks', from: a, to: b }]],
  ['Archived “Farm”', [{ kind: 'editProject', id: projectId, fields: { archivedAt: 1 } }]],
  [
    'Moved “Farm” to the Trash',
    [
      { kind: 'moveQuests', ids: [a, b], projectId, sectionId: null },
      { kind: 'trashProject', id: projectId },
    ],
  ],
]

test.each(rows)('undo and redo say “%s”', async (text, commands) => {
  expect(await said(...commands)).toEqual([text, text])
})

test('a renamed quest is named as it is called after that', async () => {
  const rename: Command = { kind: 'editQuest', id: a, fields: { title: 'Buy oats' } }
  expect(await said(rename)).toEqual(['Renamed “Buy milk”', 'Renamed “Buy oats”'])
})

test('the quests that were changed are known, by their completions too', async () => {
  const workspace = await openLog()
  workspace.dispatch({ kind: 'completeQuests', ids: [a, b] })
  const reverted = workspace.undo()
  expect(reverted && questsIn(reverted)).toEqual(new Set([a, b]))
})

test('every text of what was done names what it was done to, in both languages', () => {
  for (const catalogue of [firstEnglish, firstGerman]) {
    const texts = Object.entries<Message>(catalogue).filter(([key]) => key.startsWith('did.'))
    expect(texts.length).toBeGreaterThan(20)
    for (const [, text] of texts) expect(typeof text === 'string' ? text : text.one).toContain('{name}')
  }
})
