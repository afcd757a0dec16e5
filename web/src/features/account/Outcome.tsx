import { type ReactNode, useEffect, useRef } from 'react'

interface OutcomeProps {
  readonly title: string
  readonly text: string
  readonly children?: ReactNode
}

/** How something ended, in place of the form it came from: the focus goes to it, so that it is read out. */
export function Outcome({ title, text, children }: OutcomeProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className="mt-2 max-w-prose">
      <h2 ref={heading} tabIndex={-1} className="text-lg font-semibold outline-none">
        {title}
      </h2>
      <p dir="auto" className="mt-1 text-soft [overflow-wrap:anywhere]">
        {text}
      </p>
      {children}
    </div>
  )
}
