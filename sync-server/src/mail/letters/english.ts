import type { LetterCatalogue } from './letter.ts'

const notYou = 'If this was not you, you need not do anything.'

/** The letters in English. */
export const english: LetterCatalogue = {
  'confirm-address': {
    subject: 'Confirm your e-mail address',
    paragraphs: (link) => [
      'Hello,',
      'please confirm that this address belongs to your Questlog account:',
      link,
      'The link works once, for 24 hours.',
      notYou,
    ],
  },
  'confirm-new-address': {
    subject: 'Confirm your new e-mail address',
    paragraphs: (link) => [
      'Hello,',
      'somebody who is signed in to Questlog wants to use this address for their account. Please confirm it:',
      link,
      'The link works once, for 24 hours. Until then everything stays as it is.',
      notYou,
    ],
  },
  'reset-password': {
    subject: 'Choose a new password',
    paragraphs: (link) => [
      'Hello,',
      'you can choose a new password for your Questlog account here:',
      link,
      'The link works once, for one hour. All devices will have to sign in again.',
      `${notYou} Your password stays as it is.`,
    ],
  },
  'address-in-use': {
    subject: 'You already have an account',
    paragraphs: (link) => [
      'Hello,',
      'somebody tried to use this address for a Questlog account, but one already has it: yours.',
      'If it was you, sign in, or choose a new password there if you no longer know yours:',
      link,
      notYou,
    ],
  },
  'password-changed': {
    subject: 'Your password was changed',
    paragraphs: (link) => [
      'Hello,',
      'the password of your Questlog account was changed, and other devices were signed out.',
      'If this was not you, choose a new password at once:',
      link,
    ],
  },
  'address-changed': {
    subject: 'Your e-mail address was changed',
    paragraphs: (link) => [
      'Hello,',
      'your Questlog account now has another e-mail address. Nothing more about it is sent to this one.',
      'If this was not you, tell whoever runs the server:',
      link,
    ],
  },
  farewell: {
    subject: 'Your account was deleted',
    paragraphs: () => [
      'Hello,',
      'your Questlog account was deleted, with everything in it. What you wrote in the parties of others stays with them.',
      'Farewell.',
    ],
  },
  invitation: {
    subject: 'You are invited to a party',
    paragraphs: (link) => [
      'Hello,',
      'somebody invites you to share quests with them in their party on Questlog. Who it is, and which party, is shown here:',
      link,
      'The link works once. If you do not want to join, you need not do anything.',
    ],
  },
  footer: (home) => `Questlog at ${home}`,
}
