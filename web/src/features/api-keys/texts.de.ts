import type { Translated } from '../../i18n/message.ts'
import type { english } from './texts.en.ts'

/** The German texts of API keys, complete: a missing one does not compile. */
export const german: Translated<typeof english> = {
  'action.goKeys': 'Zu den API-Schlüsseln',

  'apiKey.text':
    'Mit einem Schlüssel nutzen eigene Programme diesen Server in deinem Namen. Behandle ihn wie ein Passwort.',
  'apiKey.loading': 'Schlüssel werden geladen…',
  'apiKey.none': 'Noch keine Schlüssel',
  'apiKey.noneText': 'Erstelle für jedes Programm einen eigenen, damit du jeden einzeln widerrufen kannst.',
  'apiKey.new': 'Neuer Schlüssel',
  'apiKey.name': 'Wofür er ist',
  'apiKey.scope': 'Er darf',
  'apiKey.scope.read': 'Lesen',
  'apiKey.scope.write': 'Lesen und schreiben',
  'apiKey.scope.admin': 'Lesen, schreiben und verwalten',
  'apiKey.for': 'Für',
  'apiKey.forAll': 'Alle meine Logs und Partys',
  'apiKey.expires': 'Gültig',
  'apiKey.days': { one: '{count} Tag lang', other: '{count} Tage lang' },
  'apiKey.docs': 'Was die Schnittstelle bietet',
  'apiKey.never': 'Bis zum Widerruf',
  'apiKey.create': 'Schlüssel erstellen',
  'apiKey.ready': 'Der Schlüssel ist fertig',
  'apiKey.readyText': 'Kopiere ihn jetzt: Er wird nur dieses eine Mal gezeigt und ist danach nicht mehr zu haben.',
  'apiKey.key': 'API-Schlüssel',
  'apiKey.lastUsed': 'zuletzt benutzt {time}',
  'apiKey.neverUsed': 'nie benutzt',
  'apiKey.until': 'bis {time}',
  'apiKey.revoke': 'Widerrufen',
  'apiKey.revokeOf': '{name} widerrufen',
  'apiKey.revokeQuestion': 'Programme mit diesem Schlüssel sind sofort ausgesperrt.',
  'apiKey.revoked': 'Der Schlüssel gilt nicht mehr.',
  'apiKey.list': 'Deine API-Schlüssel',
}
