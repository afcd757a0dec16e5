/** The English texts of what happens to a command that the first screen may show. */
export const firstEnglish = {
  undo: 'Undo',
  redo: 'Redo',
  'undo.undone': 'Undone: {what}',
  'undo.redone': 'Redone: {what}',

  'did.added': { one: 'Added “{name}”', other: 'Added {count} quests' },
  'did.archived': 'Archived “{name}”',
  'did.assigned': { one: 'Assigned “{name}”', other: 'Assigned {count} quests' },
  'did.changed': { one: 'Changed “{name}”', other: 'Changed {count} quests' },
  'did.completed': { one: 'Completed “{name}”', other: 'Completed {count} quests' },
  'did.dated': { one: 'Changed the date of “{name}”', other: 'Changed the date of {count} quests' },
  'did.deleted': 'Deleted “{name}”',
  'did.moved': { one: 'Moved “{name}”', other: 'Moved {count} quests' },
  'did.prioritized': { one: 'Changed the priority of “{name}”', other: 'Changed the priority of {count} quests' },
  'did.purged': { one: 'Deleted “{name}” for good', other: 'Deleted {count} quests for good' },
  'did.related': 'Linked “{name}”',
  'did.reminder': 'Changed the reminders of “{name}”',
  'did.renamed': 'Renamed “{name}”',
  'did.reopened': { one: 'Reopened “{name}”', other: 'Reopened {count} quests' },
  'did.reordered': 'Moved “{name}” in its list',
  'did.restored': { one: 'Restored “{name}”', other: 'Restored {count} quests' },
  'did.statusSet': { one: 'Changed the status of “{name}”', other: 'Changed the status of {count} quests' },
  'did.stepAdded': 'Added a step to “{name}”',
  'did.stepChanged': 'Changed a step of “{name}”',
  'did.stepMoved': 'Moved a step of “{name}”',
  'did.stepRemoved': 'Removed a step of “{name}”',
  'did.tagged': { one: 'Tagged “{name}”', other: 'Tagged {count} quests' },
  'did.trashed': { one: 'Moved “{name}” to the Trash', other: 'Moved {count} quests to the Trash' },
  'did.unarchived': 'Took “{name}” out of the archive',
  'did.unassigned': { one: 'Unassigned “{name}”', other: 'Unassigned {count} quests' },
  'did.unrelated': 'Unlinked “{name}”',
  'did.untagged': 'Took a tag off “{name}”',

  'undo.nothing': 'Nothing to undo',
  'undo.nothingToRedo': 'Nothing to redo',

  'error.storage': 'Not changed: this device cannot keep edits right now.',
  'error.notFound': 'It is no longer in this log.',
  'error.trashed': 'It is in the Trash. Restore it first.',
  'error.title': 'A quest needs a title of 1 to 500 characters.',
  'error.invalidField': 'That value does not fit.',
  'error.alreadySo': 'It is so already.',
} as const

type Own = typeof firstEnglish

declare module '../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
