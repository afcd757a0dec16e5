import { Combobox, ComboboxInput, ComboboxOptions } from '@headlessui/react'
import type { TagId } from '@questlog/shared/domain/kernel/ids'
import type { Quest } from '@questlog/shared/domain/quest/quest'
import { useId, useState } from 'react'
import { useTranslate } from '../../i18n/translate.ts'
import { useTag, useTagNames, useWorkspace } from '../../session/workspace-context.ts'
import { type Pick, PickOption } from '../../ui/PickOption.tsx'
import { addTagByName, removeTag } from '../quests/tag-commands.ts'
import { tagPicks } from '../quests/tag-picks.ts'

/** Nothing stays picked: what is picked becomes a chip. */
const nothing: Pick = { key: '', label: '' }

/** A quest's tags as chips, and a field that adds one by name, known or new. */
export function TagsField({ quest }: { readonly quest: Quest }) {
  const t = useTranslate()
  const workspace = useWorkspace()
  const names = useTagNames()
  const id = useId()
  const [text, setText] = useState('')
  const add = (name: string) => {
    if (name.trim() !== '' && addTagByName(workspace, [quest.id], name)) setText('')
  }
  const own = new Set([...quest.tags].map((tagId) => workspace.projection.tag(tagId)?.name))
  // What is written comes before tags that only have it in their name: Enter makes "deep" beside a "deep work".
  const { named, created, found } = tagPicks(t, names, text)
  const picks = [...named, ...created, ...found].filter(({ key }) => !own.has(key))
  return (
    <div>
      <label htmlFor={id} className="mb-0.5 block text-[0.8125rem] text-soft">
        {t('field.tags')}
      </label>
      <div className="flex flex-wrap items-center gap-1.5">
        {[...quest.tags].map((tagId) => (
          <TagChip key={tagId} id={tagId} onRemove={() => removeTag(workspace, quest.id, tagId)} />
        ))}
        <Combobox<Pick> value={nothing} by="key" onChange={(pick) => add(pick?.key ?? '')}>
          {({ open, activeOption }) => (
            <>
              <ComboboxInput
                id={id}
                dir="auto"
                autoComplete="off"
                enterKeyHint="done"
                className="control min-w-32 flex-1"
                placeholder={t('field.addTag')}
                value={text}
                // The list, when it closes, writes this into the field by itself.
                displayValue={() => text}
                onChange={(event) => setText(event.target.value)}
                onBlur={() => add(text)}
                onKeyDown={(event) => {
                  // Otherwise the list takes it; right after the last letter it may not be there yet.
                  if (event.key === 'Enter' && activeOption === null && text.trim() !== '') add(picks[0]?.key ?? text)
                  else if (event.key === 'Escape' && text !== '') {
                    // Leaving the field adds what is in it. An open list closes and keeps the key to itself.
                    if (!open) event.preventDefault()
                    setText('')
                  }
                }}
              />
              <ComboboxOptions
                anchor={{ to: 'bottom start', gap: 4, padding: 8 }}
                modal={false}
                aria-label={t('field.tags')}
                className="z-50 max-h-64 w-(--input-width) overflow-y-auto rounded-md border border-line bg-raised p-1 shadow-lg outline-none empty:hidden"
              >
                {picks.map((pick) => (
                  <PickOption key={pick.key} pick={pick} />
                ))}
              </ComboboxOptions>
            </>
          )}
        </Combobox>
      </div>
    </div>
  )
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
