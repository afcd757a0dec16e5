import type { Session } from '@questlog/shared/client/session/session'
import { Route, Switch } from 'wouter'
import { MergeOfferPage } from '../features/account/later-merge-offer.ts'
import { SessionContext, useSessionState } from '../session/session-context.ts'
import { WorkspaceContext } from '../session/workspace-context.ts'
import { ScreenTitleContext } from '../ui/Page.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { screens } from './features.ts'
import { UnknownPage } from './later-unknown-page.ts'
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
      {screens.map(({ path, title, component: Screen }) => (
        <Route key={path} path={path}>
          {(params: { readonly id?: string }) => (
            <ScreenTitleContext value={title}>
              <Screen key={params.id} id={params.id ?? ''} />
            </ScreenTitleContext>
          )}
        </Route>
      ))}
      <Route component={UnknownPage} />
    </Switch>
  )
}
