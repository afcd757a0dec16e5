import { type ComponentType, lazy } from 'react'
import { loadHistory } from '../features/history/later-history.ts'
import { loadNotes } from '../features/notes/later-notes.ts'
import { loadLaterTexts } from '../i18n/translate.ts'
import { loadAnew } from './load-anew.ts'

const loaders: (() => Promise<unknown>)[] = [loadLaterTexts, loadNotes, loadHistory]

/** A component whose code and texts come after the first paint. */
function later<Props>(load: () => Promise<ComponentType<Props>>) {
  loaders.push(load)
  return lazy(async () => {
    const [component] = await Promise.all([load(), loadLaterTexts()]).catch(loadAnew)
    return { default: component }
  })
}

// The first paint needs the lists alone; everything else is fetched once the page is idle.
export const ProjectsPage = later(async () => (await import('../features/projects/ProjectsPage.tsx')).ProjectsPage)
export const ProjectPage = later(async () => (await import('../features/projects/ProjectPage.tsx')).ProjectPage)
export const TrashPage = later(async () => (await import('../features/quests/TrashPage.tsx')).TrashPage)
export const ActivityPage = later(async () => (await import('../features/history/ActivityPage.tsx')).ActivityPage)
export const SyncPage = later(async () => (await import('../features/sync/SyncPage.tsx')).SyncPage)
export const SettingsPage = later(async () => (await import('../features/settings/SettingsPage.tsx')).SettingsPage)
export const SignInPage = later(async () => (await import('../features/account/SignInPage.tsx')).SignInPage)
export const SignUpPage = later(async () => (await import('../features/account/SignUpPage.tsx')).SignUpPage)
export const MergeOfferPage = later(async () => (await import('../features/account/MergeOfferPage.tsx')).MergeOfferPage)
export const ForgotPasswordPage = later(
  async () => (await import('../features/account/ForgotPasswordPage.tsx')).ForgotPasswordPage,
)
export const ResetPasswordPage = later(
  async () => (await import('../features/account/ResetPasswordPage.tsx')).ResetPasswordPage,
)
export const ConfirmAddressPage = later(
  async () => (await import('../features/account/ConfirmAddressPage.tsx')).ConfirmAddressPage,
)
export const OwnAccountPage = later(
  async () => (await import('../features/account-settings/OwnAccountPage.tsx')).OwnAccountPage,
)
export const SignedInDevicesPage = later(
  async () => (await import('../features/account-settings/SignedInDevicesPage.tsx')).SignedInDevicesPage,
)
export const SignInMethodsPage = later(
  async () => (await import('../features/account-settings/SignInMethodsPage.tsx')).SignInMethodsPage,
)
export const SecurityEventsPage = later(
  async () => (await import('../features/account-settings/SecurityEventsPage.tsx')).SecurityEventsPage,
)
export const PartyPage = later(async () => (await import('../features/parties/PartyPage.tsx')).PartyPage)
export const JoinPage = later(async () => (await import('../features/parties/JoinPage.tsx')).JoinPage)
export const AssignedPage = later(async () => (await import('../features/parties/AssignedPage.tsx')).AssignedPage)
export const ApiKeysPage = later(async () => (await import('../features/api-keys/ApiKeysPage.tsx')).ApiKeysPage)
export const SwitchLog = later(async () => (await import('../features/parties/SwitchLog.tsx')).SwitchLog)
export const NewParty = later(async () => (await import('../features/parties/NewParty.tsx')).NewParty)
export const AssignPicker = later(async () => (await import('../features/parties/AssignPicker.tsx')).AssignPicker)
export const RefusalActions = later(async () => (await import('./RefusalActions.tsx')).RefusalActions)
export const EditorPane = later(async () => (await import('./EditorPane.tsx')).EditorPane)
export const Palette = later(async () => (await import('./Palette.tsx')).Palette)
export const KeysHelp = later(async () => (await import('./KeysHelp.tsx')).KeysHelp)
export const MoreMenu = later(async () => (await import('./MoreMenu.tsx')).MoreMenu)
export const NewProject = later(async () => (await import('../features/projects/NewProject.tsx')).NewProject)
export const DuePicker = later(async () => (await import('../features/quests/QuestPickers.tsx')).DuePicker)
export const PriorityPicker = later(async () => (await import('../features/quests/QuestPickers.tsx')).PriorityPicker)
export const TagPicker = later(async () => (await import('../features/quests/QuestPickers.tsx')).TagPicker)
export const MovePicker = later(async () => (await import('../features/quests/QuestPickers.tsx')).MovePicker)

/** Fetches all of them now. What became of a part that cannot be fetched shows when it is needed. */
export async function preloadParts(
  parts: readonly (() => Promise<unknown>)[] = loaders,
  areOnDevice = Boolean(navigator.serviceWorker?.controller),
): Promise<void> {
  // From the server all at once, to have them before the network goes. A service worker has them, and breaks some off
  // when the tabs of a busy machine ask for dozens at once.
  if (!areOnDevice) await Promise.allSettled(parts.map((load) => load()))
  else for (const load of parts) await load().catch(() => undefined)
}
