import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import { isSameName } from '@questlog/shared/domain/kernel/fold-text'
import { newId, type QuestId, type TagId } from '@questlog/shared/domain/kernel/ids'
import { offerUndo, perform } from '../../actions/perform.ts'
import { translate } from '../../i18n/translate.ts'
import { announce } from '../../ui/toasts.ts'

/** Tags quests with the tag of a name, making the tag if there is none yet. Returns whether it was done. */
export function addTagByName(workspace: Workspace, ids: readonly QuestId[], text: string): boolean {
  const name = text.trim().replace(/^@/, '')
  if (name === '') return false
  const { projection } = workspace
  const known = projection.tags().find((tagId) => isSameName(projection.tag(tagId)?.name ?? '', name))
  const tag = known === undefined ? { tagId: newId<TagId>(), newTagName: name } : { tagId: known }
  if (!perform(workspace, { kind: 'tagQuests', ids, ...tag })) return false
  if (ids.length > 1) offerUndo(workspace, 'tag.addedMany', { name, count: ids.length })
  else announce(translate('tag.added', { name }))
  return true
}

/** Takes a tag off a quest. */
export function removeTag(workspace: Workspace, id: QuestId, tagId: TagId): void {
  const name = workspace.projection.tag(tagId)?.name ?? ''
  if (perform(workspace, { kind: 'untagQuest', id, tagId })) offerUndo(workspace, 'tag.removed', { name })
}
