import type { TagId } from '@questlog/shared/domain/kernel/ids'
import type { Quest } from '@questlog/shared/domain/quest/quest'
import { useId, useState } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { useTag, useTags, useWorkspace } from '../../session/workspace-context.ts'
import { addTagByName, removeTag } from '../quests/tag-commands.ts'

/** A quest's tags as chips, and a field that adds one by name, known or new. */
export function TagsField({ quest }: { readonly quest: Quest }) {
  const t = useTranslate()
  const workspace = useWorkspace()
  const tags = useTags()
  const id = useId()
  const [text, setText] = useState('')
  const add = () => {
    if (text.trim() !== '' && addTagByName(workspace, [quest.id], text)) setText('')
  }
  return (
    <div>
      <label htmlFor={id} className="mb-0.5 block text-[0.8125rem] text-soft">
        {t('field.tags')}
      </label>
      <div className="flex flex-wrap items-center gap-1.5">
        {[...quest.tags].map((tagId) => (
          <TagChip key={tagId} id={tagId} onRemove={() => removeTag(workspace, quest.id, tagId)} />
        ))}
        <input
          id={id}
          list={`${id}-known`}
          dir="auto"
          autoComplete="off"
          className="control min-w-32 flex-1"
          placeholder={t('field.addTag')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={add}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault()
              add()
            } else if (event.key === 'Escape' && text !== '') {
              // Leaving the field adds what is in it.
              event.preventDefault()
              setText('')
            }
          }}
        />
        <datalist id={`${id}-known`}>
          {tags
            .filter((tagId) => !quest.tags.has(tagId))
            .map((tagId) => (
              <TagOption key={tagId} id={tagId} />
            ))}
        </datalist>
      </div>
    </div>
  )
}

function TagOption({ id }: { readonly id: TagId }) {
  const tag = useTag(id)
  return tag === undefined ? null : <option value={tag.name} />
}

function TagChip({ id, onRemove }: { readonly id: TagId; readonly onRemove: () => void }) {
  const t = useTranslate()
  const tag = useTag(id)
  if (tag === undefined) return null
  return (
    <span className="inline-flex min-h-8 max-w-full items-center rounded border border-line bg-canvas ps-2">
      <span dir="auto" className="min-w-0 truncate">
        @{tag.name}
      </span>
      <button
        type="button"
        aria-label={t('tag.remove', { name: tag.name })}
        onClick={onRemove}
        className="grid size-8 place-items-center text-soft hover:text-danger pointer-coarse:size-11"
      >
        ×
      </button>
    </span>
  )
}
