import { type KeyValue, readJson } from '@questlog/shared/client/ports/key-value'
import { create } from 'zustand'

export type ThemeChoice = 'system' | 'light' | 'dark'
export type Language = 'en' | 'de'
export type Density = 'comfortable' | 'compact'

/** What a person chose for this device; never synced. */
export interface Preferences {
  readonly theme: ThemeChoice
  readonly moreContrast: boolean
  readonly language: Language
  readonly density: Density
  /** Whether single letters act as shortcuts (WCAG 2.1.4 asks that they can be turned off). */
  readonly singleKeys: boolean
}

const storageKey = 'questlog.preferences'

const fallback: Preferences = {
  theme: 'system',
  moreContrast: false,
  language: navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en',
  density: 'comfortable',
  singleKeys: true,
}

/** The preferences of this device. */
export const usePreferences = create<Preferences>(() => fallback)

/** Changes preferences; they are remembered, where that is allowed. */
export const setPreferences: (change: Partial<Preferences>) => void = usePreferences.setState

/**
 * Takes over what the device remembers, remembers each change from now on, and puts theme, contrast, density and
 * language on the root element.
 */
export function startPreferences(memory: KeyValue, root: HTMLElement): void {
  const stored = readJson(memory, storageKey)
  if (typeof stored === 'object' && stored !== null) setPreferences(pickKnown(new Map(Object.entries(stored))))
  const apply = ({ theme, moreContrast, language, density }: Preferences) => {
    root.lang = language
    root.dataset.density = density
    if (theme === 'system') delete root.dataset.theme
    else root.dataset.theme = theme
    if (moreContrast) root.dataset.contrast = 'more'
    else delete root.dataset.contrast
  }
  apply(usePreferences.getState())
  usePreferences.subscribe((preferences) => {
    apply(preferences)
    memory.write(storageKey, JSON.stringify(preferences))
  })
}

function pickKnown(stored: ReadonlyMap<string, unknown>): Partial<Preferences> {
  const theme = oneOf(stored.get('theme'), ['system', 'light', 'dark'] as const)
  const language = oneOf(stored.get('language'), ['en', 'de'] as const)
  const density = oneOf(stored.get('density'), ['comfortable', 'compact'] as const)
  const moreContrast = oneOf(stored.get('moreContrast'), [true, false] as const)
  const singleKeys = oneOf(stored.get('singleKeys'), [true, false] as const)
  return {
    ...(theme !== undefined && { theme }),
    ...(language !== undefined && { language }),
    ...(density !== undefined && { density }),
    ...(moreContrast !== undefined && { moreContrast }),
    ...(singleKeys !== undefined && { singleKeys }),
  }
}

function oneOf<const Choice>(value: unknown, choices: readonly Choice[]): Choice | undefined {
  return choices.find((choice) => choice === value)
}
