import type { Language } from '../theme/preferences.ts'

/** A text, or one text per plural form of the value `count`. */
export type Message = string | { readonly one: string; readonly other: string }

/** Every text of the app by its key. Each folder adds those that it owns, beside their English words. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declarations elsewhere
export interface EnglishTexts {}

export type MessageKey = keyof EnglishTexts
export type Texts = { readonly [Key in MessageKey]?: Message }

/** The same texts in another language, all of them. */
export type Translated<English> = { readonly [Key in keyof English]: Message }

type Loaders = { readonly [Name in Language]: () => Promise<Texts> }

/** Where the texts come from. */
export interface TextSources {
  /** Is there from the start, and stands in for what cannot be fetched. */
  readonly firstEnglish: Texts
  /** What the first screen may show. */
  readonly first: Loaders
  /** What is fetched with the parts that come after the first screen. */
  readonly later: Loaders
}
