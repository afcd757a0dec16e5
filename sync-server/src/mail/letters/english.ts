import type { LetterCatalogue } from './letter-catalogue.ts'

const notYou = 'If this was not you, you need not do anything.'
const notYours =
  'If this was not you, somebody else is in your account. Choose a new password, then look at what is here:'
const notYourKey = 'If this was not you, remove the key at once, and choose a new password:'

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
      'The link works once, for one hour. All devices will have to sign in again, and all API keys end.',
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
      'the password of your Questlog account was changed, and other devices were signed out. API keys stay as they are.',
      'If this was not you, choose a new password at once:',
      link,
    ],
  },
  'password-reset': {
    subject: 'You have a new password',
    paragraphs: (link) => [
      'Hello,',
      'a new password was chosen for your Questlog account by the link in a mail to this address. All devices were signed out, and all API keys were ended.',
      'If this was not you, somebody reads your mail: secure your mailbox first, then choose a new password:',
      link,
    ],
  },
  'password-set': {
    subject: 'Your account has a password now',
    paragraphs: (link) => [
      'Hello,',
      'a password was given to your Questlog account, which had none before. It signs in with the e-mail address of the account.',
      notYours,
      link,
    ],
  },
  'passkey-added': {
    subject: 'A passkey was added',
    paragraphs: (link) => [
      'Hello,',
      'a passkey was added to your Questlog account. It signs in without the password.',
      notYours,
      link,
    ],
  },
  'passkey-removed': {
    subject: 'A passkey was removed',
    paragraphs: (link) => [
      'Hello,',
      'a passkey was removed from your Questlog account. It no longer signs in.',
      notYours,
      link,
    ],
  },
  'second-factor-added': {
    subject: 'Two-step sign-in is on',
    paragraphs: (link) => [
      'Hello,',
      'two-step sign-in was turned on for your Questlog account. Signing in with the password now asks for a code as well.',
      notYours,
      link,
    ],
  },
  'second-factor-removed': {
    subject: 'Two-step sign-in is off',
    paragraphs: (link) => [
      'Hello,',
      'two-step sign-in was turned off for your Questlog account. The password alone signs in again, and the recovery codes are void.',
      notYours,
      link,
    ],
  },
  'recovery-codes-made': {
    subject: 'New recovery codes',
    paragraphs: (link) => [
      'Hello,',
      'new recovery codes were made for your Questlog account. The former ones are void.',
      notYours,
      link,
    ],
  },
  'identity-linked': {
    subject: 'Another service signs in to your account',
    paragraphs: (link) => [
      'Hello,',
      'your account with another service was linked to your Questlog account. Signing in there signs in here as well.',
      notYours,
      link,
    ],
  },
  'identity-unlinked': {
    subject: 'A service no longer signs in to your account',
    paragraphs: (link) => [
      'Hello,',
      'the link between your Questlog account and your account with another service was removed. Signing in there no longer signs in here.',
      notYours,
      link,
    ],
  },
  'api-key-created': {
    subject: 'An API key was made',
    paragraphs: (link) => [
      'Hello,',
      'an API key was made for your Questlog account. Programs that have it read or change your quests, as far as it reaches.',
      notYourKey,
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
