import { english } from './english.ts'
import { german } from './german.ts'
import type { LetterCatalogue, LetterKind } from './letter-catalogue.ts'
import type { MailLocale } from './mail-locale.ts'

const catalogues: Readonly<Record<MailLocale, LetterCatalogue>> = { en: english, de: german }

/** Writes a letter as plain text. `link` is where its reader goes on, `home` the address of the app. */
export function writeLetter(
  kind: LetterKind | 'invitation',
  options: { readonly locale: MailLocale; readonly link: string; readonly home: string },
): { readonly subject: string; readonly text: string } {
  const catalogue = catalogues[options.locale]
  const { subject, paragraphs } = catalogue[kind]
  return { subject, text: `${[...paragraphs(options.link), `-- \n${catalogue.footer(options.home)}`].join('\n\n')}\n` }
}
