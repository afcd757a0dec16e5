const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** A pressed key as a chord of the table. Shift is part of a printed character, so it is named for other keys only. */
export function chordOf(event: Press): string {
  const mod = isApple ? event.metaKey : event.ctrlKey
  const key = keyOf(event)
  const isCharacter = key.length === 1
  const namesShift = event.shiftKey && (!isCharacter || mod || event.altKey || /^\p{L}$/u.test(key))
  return `${mod ? 'mod+' : ''}${event.altKey ? 'alt+' : ''}${namesShift ? 'shift+' : ''}${key}`
}

const foreign = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]|(?!\d)\p{Nd}/u
/** By the last letter that was pressed: a sign does not tell, and the letter Q of a Greek keyboard is one. */
let printsLatin = true

/**
 * What a key is called in the table: the character it prints, in lower case or, on a keyboard of another script, the
 * Latin letter or the digit that is on the same key.
 */
function keyOf({ key, code }: Pick<Press, 'key' | 'code'>): string {
  const isForeign = foreign.test(key)
  if (isForeign || /^\p{L}$/u.test(key)) printsLatin = !isForeign
  const [, kind, printedThere] = /^(Key|Digit)(.)$/.exec(code) ?? []
  const isElsewhere = !printsLatin && (isForeign || kind === 'Key')
  const name = isElsewhere ? (printedThere ?? key) : key
  return name.length === 1 ? name.toLowerCase() : name
}

const printed: { readonly [key: string]: string } = {
  mod: isApple ? '⌘' : 'Ctrl',
  alt: isApple ? '⌥' : 'Alt',
  shift: isApple ? '⇧' : 'Shift',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
}

/** A chord as its keycaps: `mod+shift+z` gives Ctrl, Shift, Z. */
export function keycaps(chord: string): readonly string[] {
  if (chord === ' ') return ['Space']
  return chord.split(' ').flatMap((part) => part.split('+').map((key) => printed[key] ?? capital(key)))
}

function capital(key: string): string {
  return key.length === 1 ? key.toUpperCase() : key
}
