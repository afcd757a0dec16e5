import type { Session } from '@questlog/shared/client/session/session'
import type { ProjectId } from '@questlog/shared/domain/kernel/ids'
import { Route, Switch } from 'wouter'
import { InboxPage } from '../features/quests/InboxPage.tsx'
import { TodayPage } from '../features/quests/TodayPage.tsx'
import { SessionContext, useSessionState } from '../session/session-context.ts'
import { WorkspaceContext } from '../session/workspace-context.ts'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import {
  ActivityPage,
  ApiKeysPage,
  AssignedPage,
  ConfirmAddressPage,
  ForgotPasswordPage,
  JoinPage,
  MergeOfferPage,
  OwnAccountPage,
  PartyPage,
  ProjectPage,
  ProjectsPage,
  ResetPasswordPage,
  SecurityEventsPage,
  SettingsPage,
  SignedInDevicesPage,
  SignInMethodsPage,
  SignInPage,
  SignUpPage,
  SyncPage,
  TrashPage,
  UnknownPage,
} from './lazy-parts.ts'
import { OpenFailure, Opening } from './Opening.tsx'
import { Shell } from './Shell.tsx'

/** The whole interface over one session. */
export function App({ session }: { readonly session: Session }) {
  return (
    <SessionContext value={session}>
      <OpenedApp />
    </SessionContext>
  )
}

function OpenedApp() {
  const workspace = useSessionState((state) => state.workspace)
  const openError = useSessionState((state) => state.openError)
  if (workspace === null) return openError === null ? <Opening /> : <OpenFailure error={openError} />
  return (
    <WorkspaceContext value={workspace}>
      <ErrorBoundary workspace={workspace}>
        {/* By the log's id: one that the server moved to another document stays on screen, with what is being typed. */}
        <Shell key={workspace.ref.id}>
          <Pages />
        </Shell>
      </ErrorBoundary>
    </WorkspaceContext>
  )
}

function Pages() {
  const hasOffer = useSessionState((state) => state.mergeOffer !== null)
  if (hasOffer) return <MergeOfferPage />
  return (
    <Switch>
      <Route path="/today" component={TodayPage} />
      <Route path="/projects" component={ProjectsPage} />
      <Route path="/projects/:id">{({ id }) => <ProjectPage key={id} id={id as ProjectId} />}</Route>
      <Route path="/activity" component={ActivityPage} />
      <Route path="/trash" component={TrashPage} />
      <Route path="/devices" component={SyncPage} />
      <Route path="/settings" component={SettingsPage} />
      <Route path="/settings/keys" component={ApiKeysPage} />
      <Route path="/settings/account" component={OwnAccountPage} />
      <Route path="/settings/devices" component={SignedInDevicesPage} />
      <Route path="/settings/sign-in" component={SignInMethodsPage} />
      <Route path="/settings/security" component={SecurityEventsPage} />
      <Route path="/party" component={PartyPage} />
      <Route path="/join" component={JoinPage} />
      <Route path="/assigned/:id">{({ id }) => <AssignedPage key={id} id={id} />}</Route>
      <Route path="/sign-in" component={SignInPage} />
      <Route path="/sign-up" component={SignUpPage} />
      <Route path="/forgot-password" component={ForgotPasswordPage} />
      <Route path="/reset-password" component={ResetPasswordPage} />
      <Route path="/confirm-address" component={ConfirmAddressPage} />
      <Route path="/" component={InboxPage} />
      <Route component={UnknownPage} />
    </Switch>
  )
}
