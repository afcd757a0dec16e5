/** The English texts of API keys. */
export const english = {
  'action.goKeys': 'Go to API keys',

  'apiKey.text': 'With a key your own programs use this server in your name. Treat it like a password.',
  'apiKey.loading': 'Loading keys…',
  'apiKey.none': 'No keys yet',
  'apiKey.noneText': 'Make one for each program, so that you can revoke one without the others.',
  'apiKey.new': 'New key',
  'apiKey.name': 'What it is for',
  'apiKey.scope': 'It may',
  'apiKey.scope.read': 'Read',
  'apiKey.scope.write': 'Read and write',
  'apiKey.scope.admin': 'Read, write and manage',
  'apiKey.for': 'For',
  'apiKey.forAll': 'All my logs and parties',
  'apiKey.expires': 'Valid',
  'apiKey.days': { one: 'For {count} day', other: 'For {count} days' },
  'apiKey.docs': 'What the API offers',
  'apiKey.never': 'Until it is revoked',
  'apiKey.create': 'Create key',
  'apiKey.ready': 'The key is ready',
  'apiKey.readyText': 'Copy it now: it is shown this once and cannot be had again.',
  'apiKey.key': 'API key',
  'apiKey.lastUsed': 'last used {time}',
  'apiKey.neverUsed': 'never used',
  'apiKey.until': 'until {time}',
  'apiKey.revoke': 'Revoke',
  'apiKey.revokeOf': 'Revoke {name}',
  'apiKey.revokeQuestion': 'Programs with this key are locked out at once.',
  'apiKey.revoked': 'The key can no longer be used.',
  'apiKey.list': 'Your API keys',
} as const

type Own = typeof english

declare module '../../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
