const idleMs = 500

/** What a draft is of, as it is now. */
export interface DraftSource {
  /** The record's value, as text. */
  readonly stored: string
  /**
   * What is to be stored for a text; null while it cannot be, as a date that is only half typed. Some can be only once
   * the field is left.
   */
  readonly read: (text: string, isLeft: boolean) => string | null
  /** Whether it was taken. */
  readonly save: (value: string) => boolean
}

/** What is typed into a field while its record may change under it. */
export interface Draft {
  /** What was typed, as long as it is not saved or says the same as the record; the record's value otherwise. */
  text(): string
  isTouched(): boolean
  /** Takes what is typed; it is saved when typing pauses. */
  change(text: string): void
  /** Saves now what is not saved yet. */
  save(isLeft: boolean): void
  /** Saves, and forgets what could not be. */
  leave(): void
}

/** Makes a draft. One that was not touched since it was last saved never writes, and follows the record. */
export function createDraft(source: () => DraftSource, onChange: () => void): Draft {
  let typed: string | null = null
  let isTouched = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const save = (isLeft: boolean) => {
    clearTimeout(timer)
    if (typed === null || !isTouched) return
    const { stored, read, save: write } = source()
    const value = read(typed, isLeft)
    if (value !== null) isTouched = value !== stored && !write(value)
  }
  return {
    text() {
      if (typed === null) return source().stored
      const { stored, read } = source()
      return isTouched || read(typed, true) === stored ? typed : stored
    },
    isTouched: () => isTouched,
    change(text) {
      typed = text
      isTouched = true
      clearTimeout(timer)
      timer = setTimeout(() => save(false), idleMs)
      onChange()
    },
    save,
    leave() {
      save(true)
      typed = null
      isTouched = false
      onChange()
    },
  }
}
