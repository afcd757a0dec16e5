import { ComboboxOption } from '@headlessui/react'

/** One of the things that can be picked, known by its key. */
export interface Pick {
  readonly key: string
  readonly label: string
  readonly detail?: string
}

/** A line among what a field offers to pick from. */
export function PickOption({ pick }: { readonly pick: Pick }) {
  return (
    <ComboboxOption
      value={pick}
      className="flex cursor-pointer items-baseline justify-between gap-4 rounded px-3 py-2 pointer-coarse:py-3 data-focus:bg-accent-wash"
    >
      <span dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
        {pick.label}
      </span>
      {pick.detail === undefined ? null : <span className="shrink-0 text-sm text-soft">{pick.detail}</span>}
    </ComboboxOption>
  )
}
