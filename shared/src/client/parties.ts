import { z } from 'zod'
import { ok, type Result } from '../domain/result.ts'
import {
  type CreatedInvitation,
  type CreateInvitationRequest,
  createdInvitationSchema,
  type InvitationPreview,
  type InvitationResponse,
  invitationListSchema,
  invitationPreviewSchema,
  type MemberResponse,
  memberListSchema,
} from '../protocol/members.ts'
import { type Role, workspaceSchema } from '../protocol/workspaces.ts'
import { type Account, type AccountError, refFrom } from './account.ts'
import { listAll } from './list-all.ts'
import { type Fetch, sendRequest } from './rest-request.ts'
import type { WorkspaceRef } from './workspace.ts'

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
  /** What an invitation is for; needs no account. */
  preview(token: string): Answer<InvitationPreview>
  accept(token: string): Answer<WorkspaceRef>
}

const nothing = z.null()

/** The parties' part of the REST interface, as the account that is signed in. */
export function createParties(deps: {
  readonly account: Pick<Account, 'send'>
  readonly fetch: Fetch
  readonly baseUrl: string
}): Parties {
  const { send } = deps.account
  const party = (workspaceId: string) => `/workspaces/${encodeURIComponent(workspaceId)}`
  const memberOf = (workspaceId: string, userId: string) =>
    `${party(workspaceId)}/members/${encodeURIComponent(userId)}`
  const workspaceFrom = async (request: Omit<Parameters<typeof send>[0], 'answer'>): Answer<WorkspaceRef> => {
    const answer = await send({ ...request, answer: workspaceSchema })
    return answer.ok ? ok(refFrom(answer.value)) : answer
  }
  return {
    create: (name) => workspaceFrom({ method: 'POST', path: '/workspaces', body: { name, kind: 'party' } }),
    rename: (workspaceId, name) => workspaceFrom({ method: 'PATCH', path: party(workspaceId), body: { name } }),
    delete: (workspaceId, name) =>
      send({ method: 'DELETE', path: `${party(workspaceId)}?name=${encodeURIComponent(name)}`, answer: nothing }),
    leave: (workspaceId) => send({ method: 'POST', path: `${party(workspaceId)}/leave`, answer: nothing }),
    members: (workspaceId) => listAll(send, `${party(workspaceId)}/members`, memberListSchema),
    changeRole: (workspaceId, userId, role) =>
      send({ method: 'PATCH', path: memberOf(workspaceId, userId), body: { role }, answer: nothing }),
    remove: (workspaceId, userId) => send({ method: 'DELETE', path: memberOf(workspaceId, userId), answer: nothing }),
    transferOwnership: (workspaceId, userId) =>
      send({
        method: 'POST',
        path: `${party(workspaceId)}/transfer-ownership`,
        body: { userId },
        answer: nothing,
      }),
    invitations: (workspaceId) => listAll(send, `${party(workspaceId)}/invitations`, invitationListSchema),
    invite: (workspaceId, body) =>
      send({ method: 'POST', path: `${party(workspaceId)}/invitations`, body, answer: createdInvitationSchema }),
    revokeInvitation: (workspaceId, invitationId) =>
      send({
        method: 'DELETE',
        path: `${party(workspaceId)}/invitations/${encodeURIComponent(invitationId)}`,
        answer: nothing,
      }),
    preview: (token) =>
      sendRequest(deps, {
        method: 'POST',
        path: '/invitations/preview',
        body: { token },
        answer: invitationPreviewSchema,
      }),
    accept: (token) => workspaceFrom({ method: 'POST', path: '/invitations/accept', body: { token } }),
  }
}
