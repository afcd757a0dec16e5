/** An arrow that points back, whichever way the language runs. */
export function BackArrow() {
  return <Arrow turn="rtl:-scale-x-100" />
}

/** An arrow that points forward. */
export function ForwardArrow() {
  return <Arrow turn="-scale-x-100 rtl:scale-x-100" />
}

function Arrow({ turn }: { readonly turn: string }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className={`size-4 ${turn}`}>
      <path
        d="M6 3 2.5 6.5 6 10M2.5 6.5h7a4 4 0 0 1 0 8H7"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
