/** What a mail about an account says. */
export type LetterKind =
  | 'confirm-address'
  | 'confirm-new-address'
  | 'reset-password'
  | 'address-in-use'
  | 'password-changed'
  | 'password-set'
  | 'password-reset'
  | 'passkey-added'
  | 'passkey-removed'
  | 'second-factor-added'
  | 'second-factor-removed'
  | 'recovery-codes-made'
  | 'identity-linked'
  | 'identity-unlinked'
  | 'api-key-created'
  | 'address-changed'
  | 'farewell'

export interface LetterText {
  readonly subject: string
  /** Paragraphs; the link stands on a line of its own where it belongs. */
  readonly paragraphs: (link: string) => readonly string[]
}

/**
 * One text for every kind. Nothing in them was typed by whoever caused them: a name in a mail to an address that nobody
 * has proved to own would let strangers write to it.
 */
export type LetterCatalogue = Readonly<Record<LetterKind | 'invitation', LetterText>> & {
  readonly footer: (link: string) => string
}
