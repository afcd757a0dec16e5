/** The languages mails are written in. */
export type MailLocale = 'en' | 'de'

/** The language of an `Accept-Language` header that mails know and the reader likes best; English otherwise. */
export function mailLocale(header: string | undefined): MailLocale {
  const wanted = (header ?? '').slice(0, 500).split(',').map(parseRange)
  const best = wanted
    .filter(({ language, quality }) => isMailLocale(language) && quality > 0)
    .reduce((most, one) => (one.quality > most.quality ? one : most), { language: 'en', quality: 0 })
  return isMailLocale(best.language) ? best.language : 'en'
}

function isMailLocale(language: string): language is MailLocale {
  return language === 'en' || language === 'de'
}

function parseRange(range: string): { readonly language: string; readonly quality: number } {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim())
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  return {
    language: tag.split('-')[0]?.toLowerCase() ?? '',
    quality: quality === undefined ? 1 : Number.parseFloat(quality) || 0,
  }
}
