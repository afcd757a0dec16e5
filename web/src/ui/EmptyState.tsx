import type { ReactNode } from 'react'

interface EmptyStateProps {
  readonly title: string
  readonly text: string
  readonly children?: ReactNode
}

/** What a page says when it has nothing to show: a trail that waits for its next waypoint. */
export function EmptyState({ title, text, children }: EmptyStateProps) {
  return (
    <div className="relative flex-1 ps-14 pe-4 pt-8 sm:ps-16">
      <span
        aria-hidden="true"
        className="absolute inset-y-0 start-[1.5rem] w-px bg-gradient-to-b from-line to-transparent sm:start-[1.75rem]"
      />
      <span
        aria-hidden="true"
        className="absolute start-[1.03rem] top-9 size-4 rotate-45 rounded-[3px] border-[1.5px] border-dashed border-outline bg-surface sm:start-[1.28rem]"
      />
      <h2 className="text-base font-semibold">{title}</h2>
      <p className="mt-1 max-w-prose text-soft">{text}</p>
      {children}
    </div>
  )
}
