/** The English texts of projects. */
export const english = {
  'action.goProjects': 'Go to Projects',
  'quest.addToProject': 'Add a quest to {name}',

  'project.create': 'Create project',
  'project.count': { one: '{count} project', other: '{count} projects' },
  'project.open': { one: '{count} open', other: '{count} open' },
  'project.none': 'No projects yet',
  'project.noneText': 'A project holds the quests that lead to one end.',
  'project.empty': 'No quests here yet',
  'project.emptyText': 'Add the first one, or move quests here.',
  'project.edit': 'Edit',
  'project.menu': 'Edit project {name}',
  'project.rename': 'Rename project',
  'project.archive': 'Archive project',
  'project.unarchive': 'Take out of the archive',
  'project.archived': 'Archived',
  'project.trash': 'Move project to Trash',
  'project.movedToTrash': 'Project moved to Trash: {name}',
  'project.trashed': 'This project is in the Trash',
  'project.trashedText': 'Its quests can be read here, and come back with it.',
  'project.gone': 'No such project',
  'project.goneText': 'It is not in this log, or has not arrived on this device yet.',
} as const

type Own = typeof english

declare module '../../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
