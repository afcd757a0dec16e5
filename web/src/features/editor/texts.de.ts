import type { Translated } from '../../i18n/message.ts'
import type { english } from './texts.en.ts'

/** The German texts of the quest editor, complete: a missing one does not compile. */
export const german: Translated<typeof english> = {
  'editor.title': 'Quest-Details',
  'editor.more': 'Weitere Angaben',
  'editor.gone': 'Diese Quest ist nicht in diesem Log.',
  'editor.inTrash':
    'Diese Quest liegt im Papierkorb. Sie lässt sich lesen, und ändern, sobald sie wiederhergestellt ist.',

  'field.estimate': 'Schätzung in Minuten',
  'field.tags': 'Tags',
  'field.dateOf': '{field}: Datum',
  'field.timeOf': '{field}: Uhrzeit',
  'field.clear': '{field}: Datum entfernen',

  'steps.title': 'Schritte',
  'steps.progress': '{done} von {count}',
  'steps.add': 'Schritt hinzufügen',
  'steps.text': 'Schritt',
  'steps.done': 'Schritt erledigt: {text}',
  'steps.up': 'Schritt nach oben: {text}',
  'steps.down': 'Schritt nach unten: {text}',
  'steps.remove': 'Schritt entfernen: {text}',

  'notes.loading': 'Notizen werden geladen…',
  'tag.remove': 'Tag {name} entfernen',
}
