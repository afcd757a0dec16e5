import { ok, type Result } from '../../domain/kernel/result.ts'
import type {
  CreatedInvitation,
  CreateInvitationRequest,
  InvitationPreview,
  InvitationResponse,
  MemberResponse,
} from '../../protocol/members.ts'
import type { SetAsideList } from '../../protocol/set-aside.ts'
import type { Role } from '../../protocol/workspaces.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'
import { type Account, type AccountError, refFrom, workspaceAnswer } from './account.ts'
import { listAll } from './list-all.ts'
import { noAnswer, type RestServer, sendRequest } from './rest-request.ts'

type Answer<Value> = Promise<Result<Value, AccountError>>

/** What members of parties do over REST: the parties themselves, who is in them, and invitations. */
export interface Parties {
  create(name: string): Answer<WorkspaceRef>
  rename(workspaceId: string, name: string): Answer<WorkspaceRef>
  /** Deletes a party for everybody, for good; `name` as it is, typed to confirm. */
  delete(workspaceId: string, name: string): Answer<null>
  leave(workspaceId: string): Answer<null>
  members(workspaceId: string): Answer<readonly MemberResponse[]>
  changeRole(workspaceId: string, userId: string, role: Role): Answer<null>
  remove(workspaceId: string, userId: string): Answer<null>
  /** Makes another member the owner in one's place. */
  transferOwnership(workspaceId: string, userId: string): Answer<null>
  invitations(workspaceId: string): Answer<readonly InvitationResponse[]>
  invite(workspaceId: string, invitation: CreateInvitationRequest): Answer<CreatedInvitation>
  revokeInvitation(workspaceId: string, invitationId: string): Answer<null>
  /** How many changes of a workspace the server could not read, and since when; for owners and administrators. */
  setAside(workspaceId: string): Answer<Pick<SetAsideList, 'changes' | 'since'>>
  /** What an invitation is for; needs no account. */
  preview(token: string): Answer<InvitationPreview>
  accept(token: string): Answer<WorkspaceRef>
}

// Schemas are fetched when they are needed: the first paint can do without.
const schemas = () => import('../../protocol/members.ts')

/** The parties' part of the REST interface, as the account that is signed in. */
export function createParties(deps: RestServer & { readonly account: Pick<Account, 'send'> }): Parties {
  const { send } = deps.account
  const party = (workspaceId: string) => `/workspaces/${encodeURIComponent(workspaceId)}`
  const memberOf = (workspaceId: string, userId: string) =>
    `${party(workspaceId)}/members/${encodeURIComponent(userId)}`
  const workspaceFrom = async (request: Omit<Parameters<typeof send>[0], 'answer'>): Answer<WorkspaceRef> => {
    const answer = await send({ ...request, answer: workspaceAnswer })
    return answer.ok ? ok(refFrom(answer.value)) : answer
  }
  return {
    create: (name) => workspaceFrom({ method: 'POST', path: '/workspaces', body: { name, kind: 'party' } }),
    rename: (workspaceId, name) => workspaceFrom({ method: 'PATCH', path: party(workspaceId), body: { name } }),
    delete: (workspaceId, name) =>
      send({ method: 'DELETE', path: `${party(workspaceId)}?name=${encodeURIComponent(name)}`, answer: noAnswer }),
    leave: (workspaceId) => send({ method: 'POST', path: `${party(workspaceId)}/leave`, answer: noAnswer }),
    members: (workspaceId) =>
      listAll(send, `${party(workspaceId)}/members`, async () => (await schemas()).memberListSchema),
    changeRole: (workspaceId, userId, role) =>
      send({ method: 'PATCH', path: memberOf(workspaceId, userId), body: { role }, answer: noAnswer }),
    remove: (workspaceId, userId) => send({ method: 'DELETE', path: memberOf(workspaceId, userId), answer: noAnswer }),
    transferOwnership: (workspaceId, userId) =>
      send({
        method: 'POST',
        path: `${party(workspaceId)}/transfer-ownership`,
        body: { userId },
        answer: noAnswer,
      }),
    invitations: (workspaceId) =>
      listAll(send, `${party(workspaceId)}/invitations`, async () => (await schemas()).invitationListSchema),
    invite: (workspaceId, body) =>
      send({
        method: 'POST',
        path: `${party(workspaceId)}/invitations`,
        body,
        answer: async () => (await schemas()).createdInvitationSchema,
      }),
    revokeInvitation: (workspaceId, invitationId) =>
      send({
        method: 'DELETE',
        path: `${party(workspaceId)}/invitations/${encodeURIComponent(invitationId)}`,
        answer: noAnswer,
      }),
    setAside: (workspaceId) =>
      send({
        method: 'GET',
        path: `${party(workspaceId)}/set-aside?limit=1`,
        answer: async () => (await import('../../protocol/set-aside.ts')).setAsideListSchema,
      }),
    preview: (token) =>
      sendRequest(deps, {
        method: 'POST',
        path: '/invitations/preview',
        body: { token },
        answer: async () => (await schemas()).invitationPreviewSchema,
      }),
    accept: (token) => workspaceFrom({ method: 'POST', path: '/invitations/accept', body: { token } }),
  }
}
