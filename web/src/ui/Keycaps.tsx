import { keycaps } from './chords.ts'

/** A chord drawn as keycaps. */
export function Keycaps({ chord }: { readonly chord: string }) {
  return (
    <span className="flex shrink-0 gap-1" dir="ltr">
      {keycaps(chord).map((cap) => (
        <kbd key={cap} className="kbd">
          {cap}
        </kbd>
      ))}
    </span>
  )
}
