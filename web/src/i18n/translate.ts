import { type Language, setPreferences, usePreferences } from '../theme/preferences.ts'
import { english } from './en.ts'

/** A text, or one text per plural form of the value `count`. */
export type Message = string | { readonly one: string; readonly other: string }
export type MessageKey = keyof typeof english
export type Catalogue = { readonly [Key in MessageKey]: Message }
export type Values = { readonly [name: string]: string | number }
export type Translate = (key: MessageKey, values?: Values) => string

/** English is there from the start; another language is fetched when it is first needed. */
const catalogues: { [Name in Language]: Catalogue | null } = { en: english, de: null }
const plurals = { en: new Intl.PluralRules('en'), de: new Intl.PluralRules('de') }
const numbers = { en: new Intl.NumberFormat('en'), de: new Intl.NumberFormat('de') }

/** Fetches the texts of a language; until they are there, English stands in. */
export async function loadLanguage(language: Language): Promise<void> {
  if (language === 'de') catalogues.de = (await import('./de.ts')).german
}

/** Changes the language once its texts are there; where they cannot be fetched, it stays. */
export async function chooseLanguage(language: Language): Promise<void> {
  await loadLanguage(language)
  setPreferences({ language })
}

/** The message in a language with `{name}` replaced by its value; numbers are grouped the local way. */
export function translateIn(language: Language, key: MessageKey, values: Values = {}): string {
  const message = (catalogues[language] ?? english)[key]
  const template = typeof message === 'string' ? message : message[pluralForm(language, values.count)]
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = values[name]
    if (value === undefined) return placeholder
    return typeof value === 'number' ? numbers[language].format(value) : value
  })
}

function pluralForm(language: Language, count: string | number | undefined): 'one' | 'other' {
  return plurals[language].select(Number(count ?? 0)) === 'one' ? 'one' : 'other'
}

/** The message in the language chosen now; for code outside components. */
export const translate: Translate = (key, values) => translateIn(usePreferences.getState().language, key, values)

const translators: { readonly [Name in Language]: Translate } = {
  en: (key, values) => translateIn('en', key, values),
  de: (key, values) => translateIn('de', key, values),
}

/** The translating function of the chosen language; components render again when it changes. */
export function useTranslate(): Translate {
  return translators[usePreferences((preferences) => preferences.language)]
}
