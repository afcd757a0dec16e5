/** The English texts of quests and their lists that the first screen may show. */
export const firstEnglish = {
  'nav.inbox': 'Inbox',
  'nav.today': 'Today',

  'firstRun.title': 'Your log is ready. What is your first quest?',
  'firstRun.text': 'Write it down and press Enter. A quest is anything you mean to do.',
  'firstRun.local': 'It is kept on this device. You need no account to start.',
  'firstRun.offline': 'Everything works offline, and no edit is ever lost.',
  'firstRun.keys': 'Made for the keyboard: press Esc, then ? for the list of keys.',
  'firstRun.touch': 'Press and hold a quest to select several at once.',
  'firstRun.account': 'It is kept on this device, and in step with your other devices.',
  'firstRun.elsewhere': 'Do you have a log on another device?',

  'inbox.empty': 'The Inbox is clear',
  'inbox.emptyText': 'New quests without a project land here.',
  'inbox.arriving': 'Your log is on its way',
  'inbox.arrivingText': 'It shows up here as soon as the server answers. You can write meanwhile.',

  'today.empty': 'Nothing due today',
  'today.emptyText': 'Quests that are due, scheduled or active show up here. Or add one for today.',
  'today.overdue': 'Overdue',
  'today.now': 'Now',
  'today.later': 'Later today',
  'today.done': 'Done today',

  'list.hint': 'Move with the arrow keys, open with Enter, complete with Space.',
  'list.count': { one: '{count} quest', other: '{count} quests' },
  'list.done': 'Done',

  'quest.add': 'Add',
  'quest.addToInbox': 'Add a quest',
  'quest.addForToday': 'Add a quest for today',
  'quest.added': { one: 'Added: {title}', other: '{count} quests added' },
  'quest.complete': 'Complete {title}',
  'quest.completed': 'Done: {title}',
  'quest.completedMany': { one: '{count} quest done', other: '{count} quests done' },
  'quest.reopened': 'Open again: {title}',
  'quest.reopenedMany': { one: '{count} quest open again', other: '{count} quests open again' },
  'quest.trash': 'Move to Trash',
  'quest.trashed': { one: 'Quest moved to Trash', other: '{count} quests moved to Trash' },
  'quest.restored': { one: 'Quest restored', other: '{count} quests restored' },
  'quest.moved': 'Moved to place {position} of {count}',
  'quest.movedTo': { one: 'Quest moved to {name}', other: '{count} quests moved to {name}' },
  'quest.select': 'Select {title}',
  'quest.selected': 'selected',
  'quest.stepsDone': { one: '{done} of {count} step done', other: '{done} of {count} steps done' },
  'quest.minutes': '{count} min',
  'quest.overdueSince': 'Overdue since',

  'field.priority': 'Priority',
  'field.due': 'Due',

  'status.active': 'Active',
  'status.waiting': 'Waiting',
  'status.cancelled': 'Cancelled',

  'priority.0': 'No priority',
  'priority.1': 'P1 Urgent',
  'priority.2': 'P2 High',
  'priority.3': 'P3 Medium',
  'priority.4': 'P4 Low',
  'priority.set': 'Priority {priority}',
  'priority.setMany': { one: 'Priority {priority}', other: 'Priority {priority} for {count} quests' },
  'priority.cleared': 'No priority',
  'priority.clearedMany': { one: 'No priority', other: 'No priority for {count} quests' },

  'due.set': { one: 'Due date set', other: 'Due date set for {count} quests' },
  'due.cleared': { one: 'Due date removed', other: 'Due date removed from {count} quests' },
  'project.restoredMany': { one: 'Project restored', other: '{count} projects restored' },
  'bulk.select': 'Select',
} as const

type Own = typeof firstEnglish

declare module '../../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
