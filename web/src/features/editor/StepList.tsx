import { LIMITS } from '@questlog/shared/domain/fields/limits'
import { newId, type StepId } from '@questlog/shared/domain/kernel/ids'
import type { Quest } from '@questlog/shared/domain/quest/quest'
import { type ClipboardEvent, useId, useMemo, useRef, useState } from 'react'
import { offerUndo, perform } from '../../actions/perform.ts'
import { useTranslate } from '../../i18n/translate.ts'
import { useWorkspace } from '../../session/workspace-context.ts'
import { announce } from '../../ui/toasts.ts'
import { StepRow } from './StepRow.tsx'

/** The checklist: Enter adds, Backspace in an empty step removes it, Alt+↑ and Alt+↓ reorder. */
export function StepList({ quest }: { readonly quest: Quest }) {
  const t = useTranslate()
  const workspace = useWorkspace()
  const headingId = useId()
  const list = useRef<HTMLUListElement>(null)
  const addField = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const steps = useMemo(() => sortedSteps(quest), [quest])
  const done = steps.filter(([, step]) => step.done).length

  const add = (stepText: string) =>
    perform(workspace, { kind: 'addStep', id: quest.id, stepId: newId<StepId>(), text: stepText })
  const addTyped = () => {
    if (text.trim() !== '' && add(text.trim())) setText('')
  }
  const paste = (event: ClipboardEvent) => {
    const lines = event.clipboardData
      .getData('text')
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '')
    if (text !== '' || lines.length < 2) return
    event.preventDefault()
    for (const line of lines) add(line.trim())
  }
  const focusStep = (index: number) => {
    const fields = list.current?.querySelectorAll<HTMLTextAreaElement>('[data-step]')
    const field = index < 0 ? fields?.[0] : fields?.[index]
    ;(field ?? addField.current)?.focus()
  }
  const remove = (stepId: StepId, index: number) => {
    focusStep(index === 0 ? 1 : index - 1)
    if (!perform(workspace, { kind: 'removeStep', id: quest.id, stepId })) return
    offerUndo(workspace, 'did.stepRemoved', { name: quest.title })
  }
  const move = (stepId: StepId, index: number, by: -1 | 1) => {
    const target = index + by
    if (target < 0 || target >= steps.length) return
    const others = steps.filter(([id]) => id !== stepId)
    const after = others[target - 1]?.[0] ?? null
    const before = others[target]?.[0] ?? null
    if (!perform(workspace, { kind: 'reorderStep', id: quest.id, stepId, after, before })) return
    announce(t('quest.moved', { position: target + 1, count: steps.length }))
    requestAnimationFrame(() => focusStep(target))
  }
  return (
    <section aria-labelledby={headingId} className="mt-6">
      <h3 id={headingId} className="mb-1 font-semibold">
        {t('steps.title')}{' '}
        {steps.length === 0 ? null : (
          <span className="font-normal text-soft">{t('steps.progress', { done, count: steps.length })}</span>
        )}
      </h3>
      <ul ref={list} aria-labelledby={headingId}>
        {steps.map(([stepId, step], index) => (
          <StepRow
            key={stepId}
            step={step}
            onToggle={() =>
              perform(workspace, { kind: 'editStep', id: quest.id, stepId, fields: { done: !step.done } })
            }
            onEdit={(next) => perform(workspace, { kind: 'editStep', id: quest.id, stepId, fields: { text: next } })}
            onRemove={() => remove(stepId, index)}
            onMove={(by) => move(stepId, index, by)}
            onLeave={(by) => focusStep(by === 1 ? index + 1 : index - 1)}
          />
        ))}
      </ul>
      <input
        ref={addField}
        type="text"
        dir="auto"
        autoComplete="off"
        enterKeyHint="done"
        maxLength={LIMITS.stepLength}
        aria-label={t('steps.add')}
        placeholder={t('steps.add')}
        className="control mt-1 w-full"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onPaste={paste}
        onBlur={addTyped}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault()
            addTyped()
          } else if (event.key === 'Escape' && text !== '') {
            // Leaving the field adds what is in it.
            event.preventDefault()
            setText('')
          } else if (event.key === 'ArrowUp' && steps.length > 0) {
            event.preventDefault()
            focusStep(steps.length - 1)
          }
        }}
      />
    </section>
  )
}

function sortedSteps(quest: Quest) {
  return [...quest.steps].sort(([idA, a], [idB, b]) => {
    if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1
    return idA < idB ? -1 : 1
  })
}
