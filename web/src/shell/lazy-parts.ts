// Parts of parts: fetched ahead with the others.
import '../features/history/later-history.ts'
import '../features/notes/later-notes.ts'
import { closeDialog } from '../features/quests/list-state.ts'
import { later, partLoaders } from '../ui/later.tsx'

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
export const UnknownPage = later(async () => (await import('./UnknownPage.tsx')).UnknownPage)
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
export const SwitchLog = later(async () => (await import('../features/parties/SwitchLog.tsx')).SwitchLog, closeDialog)
export const NewParty = later(async () => (await import('../features/parties/NewParty.tsx')).NewParty, closeDialog)
export const AssignPicker = later(
  async () => (await import('../features/parties/AssignPicker.tsx')).AssignPicker,
  closeDialog,
)
export const RefusalActions = later(async () => (await import('../features/sync/RefusalActions.tsx')).RefusalActions)
export const EditorPane = later(async () => (await import('../features/editor/EditorPane.tsx')).EditorPane)
export const Palette = later(async () => (await import('../features/palette/Palette.tsx')).Palette, closeDialog)
export const KeysHelp = later(async () => (await import('../features/palette/KeysHelp.tsx')).KeysHelp, closeDialog)
export const MoreMenu = later(async () => (await import('./MoreMenu.tsx')).MoreMenu, closeDialog)
export const NewProject = later(
  async () => (await import('../features/projects/NewProject.tsx')).NewProject,
  closeDialog,
)
export const BulkBar = later(async () => (await import('../features/quests/BulkBar.tsx')).BulkBar)
export const DuePicker = later(async () => (await import('../features/quests/QuestPickers.tsx')).DuePicker, closeDialog)
export const PriorityPicker = later(
  async () => (await import('../features/quests/QuestPickers.tsx')).PriorityPicker,
  closeDialog,
)
export const TagPicker = later(async () => (await import('../features/quests/QuestPickers.tsx')).TagPicker, closeDialog)
export const MovePicker = later(
  async () => (await import('../features/quests/QuestPickers.tsx')).MovePicker,
  closeDialog,
)

/** Fetches all parts now. What became of a part that cannot be fetched shows when it is needed. */
export async function preloadParts(
  parts: readonly (() => Promise<unknown>)[] = partLoaders,
  areOnDevice = Boolean(navigator.serviceWorker?.controller),
): Promise<void> {
  // From the server all at once, to have them before the network goes. A service worker has them, and breaks some off
  // when the tabs of a busy machine ask for dozens at once.
  if (!areOnDevice) await Promise.allSettled(parts.map((load) => load()))
  else for (const load of parts) await load().catch(() => undefined)
}
