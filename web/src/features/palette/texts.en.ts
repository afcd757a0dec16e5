/** The English texts of the palette. */
export const english = {
  'action.palette': 'Actions and quests',
  'action.search': 'Search quests',

  'palette.label': 'Actions and quests',
  'palette.placeholder': 'Find an action or a quest',
  'palette.nothingInHand': 'Choose a quest in a list first.',

  'search.label': 'Search quests',
  'search.placeholder': 'Search quests by title',
  'search.hint': 'Type a part of a title.',

  'party.goTo': 'Go to party {name}',
  'party.goToPersonal': 'Go to personal log',
  'party.goToAssigned': 'Go to assigned quests of {name}',
} as const

type Own = typeof english

declare module '../../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
