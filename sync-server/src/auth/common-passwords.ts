/** Shorter ones are refused for their length. */
const MIN_CHARACTERS = 8

let loading: Promise<ReadonlySet<string>> | undefined

// 49,000 passwords of published breaches, 380 KB packed. Unpacked they take 5 MB and 20 ms, at the first new password.
async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'].filter((password) => password.length >= MIN_CHARACTERS))
}

/** How many characters a password must have besides what is known of its owner. */
const MIN_OTHER_CHARACTERS = 4

/**
 * Whether a password is among the first ones an attacker tries (NIST SP 800-63B, 3.1.1.2): the most frequent ones of
 * published breaches, what is known of its owner, and the name of the service, also with a few characters added.
 */
export async function isGuessable(
  password: string,
  owner: { readonly email: string; readonly displayName: string },
): Promise<boolean> {
  const typed = password.normalize('NFKC').toLowerCase()
  loading ??= load()
  if ((await loading).has(typed)) return true
  const name = owner.displayName.normalize('NFKC').toLowerCase()
  const known = [owner.email, ...owner.email.split('@'), name, name.replaceAll(/\s/g, ''), 'questlog']
  return known.some((word) => {
    if (word.length < MIN_OTHER_CHARACTERS || !typed.includes(word)) return typed === word
    return [...typed.replaceAll(word, '')].length < MIN_OTHER_CHARACTERS
  })
}
