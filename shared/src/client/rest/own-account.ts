import { z } from 'zod'
import { ok, type Result } from '../../domain/kernel/result.ts'
import {
  type AccountResponse,
  accountExportSchema,
  accountSchema,
  type SignedInDevice,
  signedInDeviceListSchema,
} from '../../protocol/account.ts'
import type { Account, AccountError } from './account.ts'
import { type RequestError, type RestRequest, type RestServer, sendRequest } from './rest-request.ts'

/** What a person does with their own account, over REST. */
export interface OwnAccount {
  read(): Promise<Result<AccountResponse, AccountError>>
  rename(displayName: string): Promise<Result<AccountResponse, AccountError>>
  /** Has a link sent to another address; without the password only shortly after signing in. */
  changeEmail(change: { readonly email: string; readonly password?: string }): Promise<Result<void, AccountError>>
  resendVerification(): Promise<Result<void, AccountError>>
  changePassword(change: {
    readonly currentPassword: string
    readonly newPassword: string
  }): Promise<Result<void, AccountError>>
  devices(): Promise<Result<readonly SignedInDevice[], AccountError>>
  /** Null takes the name away. */
  renameDevice(id: string, deviceName: string | null): Promise<Result<void, AccountError>>
  endDevice(id: string): Promise<Result<void, AccountError>>
  endOtherDevices(): Promise<Result<void, AccountError>>
  /** Everything the server holds, as the value of a JSON file. */
  exportAll(): Promise<Result<z.infer<typeof accountExportSchema>, AccountError>>
  /** Deletes the account and forgets the session here. `sole-owner` names parties, unless they are to go with it. */
  delete(options: { readonly password?: string; readonly deleteParties?: boolean }): Promise<Result<void, AccountError>>
}

/** Puts it on top of a session. */
export function createOwnAccount(account: Pick<Account, 'send' | 'adopt' | 'logout'>): OwnAccount {
  const done = async (request: Omit<RestRequest<z.ZodType>, 'answer'>): Promise<Result<void, AccountError>> => {
    const answer = await account.send({ ...request, answer: z.unknown() })
    return answer.ok ? ok(undefined) : answer
  }
  const adopted = async (answer: Result<AccountResponse, AccountError>) => {
    if (!answer.ok) return answer
    const { id, email, displayName, emailVerified } = answer.value
    account.adopt({ id, email, displayName, emailVerified })
    return answer
  }
  return {
    read: async () => adopted(await account.send({ method: 'GET', path: '/users/me', answer: accountSchema })),
    async rename(displayName) {
      const body = { displayName }
      return adopted(await account.send({ method: 'PATCH', path: '/users/me', body, answer: accountSchema }))
    },
    changeEmail: (body) => done({ method: 'POST', path: '/auth/email/change', body }),
    resendVerification: () => done({ method: 'POST', path: '/auth/verify-email/resend' }),
    changePassword: (body) => done({ method: 'POST', path: '/auth/password/change', body }),
    async devices() {
      const answer = await account.send({ method: 'GET', path: '/auth/sessions', answer: signedInDeviceListSchema })
      return answer.ok ? ok(answer.value.items) : answer
    },
    renameDevice: (id, deviceName) =>
      done({ method: 'PATCH', path: `/auth/sessions/${encodeURIComponent(id)}`, body: { deviceName } }),
    endDevice: (id) => done({ method: 'DELETE', path: `/auth/sessions/${encodeURIComponent(id)}` }),
    endOtherDevices: () => done({ method: 'DELETE', path: '/auth/sessions' }),
    exportAll: () => account.send({ method: 'GET', path: '/users/me/export', answer: accountExportSchema }),
    async delete({ password, deleteParties = false }) {
      const body = password === undefined ? {} : { password }
      const deleted = await done({ method: 'DELETE', path: `/users/me?deleteParties=${deleteParties}`, body })
      if (deleted.ok) await account.logout()
      return deleted
    },
  }
}

/** What links in mails lead to, and how to get one; nobody needs to be signed in. */
export interface MailedLinks {
  /** The answer is the same whether there is an account or not. */
  forgotPassword(email: string): Promise<Result<void, RequestError>>
  /** All devices are signed out, this one included. */
  resetPassword(reset: { readonly token: string; readonly password: string }): Promise<Result<void, RequestError>>
  verifyEmail(token: string): Promise<Result<void, RequestError>>
}

/** Sends what the pages that links lead to have to send. */
export function createMailedLinks(deps: RestServer): MailedLinks {
  const post = async (path: string, body: unknown): Promise<Result<void, RequestError>> => {
    const answer = await sendRequest(deps, { method: 'POST', path, body, answer: z.unknown() })
    return answer.ok ? ok(undefined) : answer
  }
  return {
    forgotPassword: (email) => post('/auth/password/forgot', { email }),
    resetPassword: (reset) => post('/auth/password/reset', reset),
    verifyEmail: (token) => post('/auth/verify-email', { token }),
  }
}

/** The token of a mailed link, as it stands behind the `#`; null where there is none. */
export function linkToken(fragment: string): string | null {
  return /^#token=([\w-]{43})$/.exec(fragment)?.[1] ?? null
}
