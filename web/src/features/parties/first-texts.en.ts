/** The English texts of parties and invitations that the first screen may show. */
export const firstEnglish = {
  'device.localLog': 'Local log',

  'party.switch': 'Change log, now {name}',
  'party.personal': 'Personal log',
  'party.choose': 'Go to log or party',
  'party.unsaved': { one: '{count} unsaved', other: '{count} unsaved' },
  'party.opened': 'Now in {name}.',
  'party.page': 'Party',
  'party.lostTitle': 'You no longer belong to {name}.',
  'party.lostText':
    'You were removed, or the party was deleted. Your copy is still on this device: export it if you need it, then remove it.',
  'party.guestTitle': 'You are now a guest in {name}.',
  'party.guestText':
    'Guests see assigned quests only, online. Your copy is still on this device: export it if you need it, then remove it.',
  'party.roleTitle': 'You may no longer change {name}.',
  'party.roleText': {
    one: '{count} change of yours came too late for the server. Export it if you need it, then fetch the party again.',
    other:
      '{count} changes of yours came too late for the server. Export them if you need them, then fetch the party again.',
  },
} as const

type Own = typeof firstEnglish

declare module '../../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
