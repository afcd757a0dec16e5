import { URI } from 'otpauth'
import { z } from 'zod'
import { issueExchangeCode } from '../../auth/oidc/exchange.ts'
import { createSoftPasskey, type SoftPasskey } from '../../auth/passkeys/testing/soft-authenticator.ts'
import { issueChallenge } from '../../auth/ways-in/challenges.ts'
import type { Sample, SampleStage } from './sample.ts'

/** The public address of servers the samples are sent to. */
export const STAGE_ORIGIN = 'https://quests.example.org'

const password = 'correct horse'
const auth = '/api/v1/auth'
/** Nobody's; for those who are refused before it matters. */
const NOBODYS_PASSKEY = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
const verifier = 'v'.repeat(43)
const verifierDigest = '7w_YNF9DSfIdPf_pRjSq646_kPr-2-o9NAl16JGghdM'

const optionsSchema = z.object({
  publicKey: z.looseObject({
    challenge: z.string(),
    rp: z.object({ id: z.string() }).exactOptional(),
    user: z.object({ id: z.string() }).exactOptional(),
  }),
})

const at =
  (path: string, body?: unknown): Sample =>
  () => ({ path: `${auth}${path}`, body })

/** Requests about second factors, passkeys and providers. */
export const signInSamples: Readonly<Record<string, Sample>> = {
  'GET /api/v1/auth/options': at('/options'),
  'GET /api/v1/auth/methods': at('/methods'),
  'POST /api/v1/auth/confirm-identity': at('/confirm-identity', { password }),
  'POST /api/v1/auth/password': async ({ steps }, token) => {
    if (token !== undefined) {
      await steps.db.updateTable('users').set({ password_hash: null }).where('id', '=', userOf(token)).execute()
    }
    return { path: `${auth}/password`, body: { password } }
  },

  'POST /api/v1/auth/totp': async (stage, token) => {
    if (token !== undefined) await removeTotp(stage, token)
    return { path: `${auth}/totp` }
  },
  'POST /api/v1/auth/totp/confirm': async (stage, token) => ({
    path: `${auth}/totp/confirm`,
    body: { code: token === undefined ? '000000' : await beginTotp(stage, token) },
  }),
  'POST /api/v1/auth/totp/remove': async (stage, token) => {
    if (token !== undefined) await enrol(stage, token)
    return { path: `${auth}/totp/remove`, body: { password } }
  },
  'POST /api/v1/auth/recovery-codes': async (stage, token) => {
    if (token !== undefined) await enrol(stage, token)
    return { path: `${auth}/recovery-codes`, body: { password } }
  },
  'POST /api/v1/auth/second-factor': async (stage) => {
    const { userId, accessToken } = await stage.register()
    const [recoveryCode] = await enrol(stage, accessToken)
    const step = { purpose: 'second-factor', userId, content: {}, lifeMs: 60_000 } as const
    const challenge = await issueChallenge(stage.steps, step)
    return { path: `${auth}/second-factor`, body: { challenge, recoveryCode, client: 'native' } }
  },

  'GET /api/v1/auth/passkeys': at('/passkeys'),
  'POST /api/v1/auth/passkeys/options': at('/passkeys/options'),
  'POST /api/v1/auth/passkeys': async (stage, token) => ({
    path: `${auth}/passkeys`,
    body: token === undefined ? {} : { name: 'Phone', credential: (await makePasskey(stage, token)).credential },
  }),
  'PATCH /api/v1/auth/passkeys/:passkeyId': async (stage, token) => ({
    path: `${auth}/passkeys/${token === undefined ? NOBODYS_PASSKEY : (await addPasskey(stage, token)).id}`,
    body: { name: 'Key on the ring' },
  }),
  'DELETE /api/v1/auth/passkeys/:passkeyId': async (stage, token) => ({
    path: `${auth}/passkeys/${token === undefined ? NOBODYS_PASSKEY : (await addPasskey(stage, token)).id}`,
  }),
  'POST /api/v1/auth/passkeys/sign-in/options': at('/passkeys/sign-in/options'),
  'POST /api/v1/auth/passkeys/sign-in': async (stage) => {
    const { accessToken } = await stage.register()
    const { passkey } = await addPasskey(stage, accessToken)
    const asked = await stage.as(accessToken, 'POST', `${auth}/passkeys/sign-in/options`)
    const credential = passkey.get(optionsSchema.parse(asked).publicKey)
    return { path: `${auth}/passkeys/sign-in`, body: { credential, client: 'native' } }
  },

  'GET /api/v1/auth/oidc/:provider/start': at('/oidc/acme/start?returnTo=/today'),
  'GET /api/v1/auth/oidc/:provider/callback': at('/oidc/acme/callback?code=x&state=x'),
  'POST /api/v1/auth/oidc/exchange': async (stage) => {
    const { userId } = await stage.register()
    const code = await issueExchangeCode(stage.steps, userId, verifierDigest)
    return { path: `${auth}/oidc/exchange`, body: { code, codeVerifier: verifier } }
  },
  'POST /api/v1/auth/identities/:provider': at('/identities/acme', { returnTo: '/settings' }),
  'DELETE /api/v1/auth/identities/:provider': async ({ steps }, token) => {
    if (token !== undefined) {
      const identity = { issuer: 'https://acme.example', subject: crypto.randomUUID(), provider: 'acme', email: null }
      await steps.db
        .insertInto('identities')
        .values({ ...identity, user_id: userOf(token), created_at: new Date(steps.now()) })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    return { path: `${auth}/identities/acme` }
  },
}

async function removeTotp({ steps }: SampleStage, token: string): Promise<void> {
  await steps.db.deleteFrom('totp_secrets').where('user_id', '=', userOf(token)).execute()
}

/** The first code of an app that was just given its secret. */
async function beginTotp(stage: SampleStage, token: string): Promise<string> {
  await removeTotp(stage, token)
  const { uri } = await stage.as(token, 'POST', `${auth}/totp`)
  return URI.parse(String(uri)).generate({ timestamp: stage.steps.now() } as never)
}

async function enrol(stage: SampleStage, token: string): Promise<readonly string[]> {
  const code = await beginTotp(stage, token)
  const confirmed = await stage.as(token, 'POST', `${auth}/totp/confirm`, { code })
  return z.object({ recoveryCodes: z.array(z.string()) }).parse(confirmed).recoveryCodes
}

async function makePasskey(
  stage: SampleStage,
  token: string,
): Promise<{ readonly passkey: SoftPasskey; readonly credential: object }> {
  const asked = await stage.as(token, 'POST', `${auth}/passkeys/options`)
  return createSoftPasskey(STAGE_ORIGIN, optionsSchema.parse(asked).publicKey)
}

async function addPasskey(
  stage: SampleStage,
  token: string,
): Promise<{ readonly id: string; readonly passkey: SoftPasskey }> {
  const { passkey, credential } = await makePasskey(stage, token)
  const added = await stage.as(token, 'POST', `${auth}/passkeys`, { name: 'Phone', credential })
  return { id: String(added.id), passkey }
}

/** Whose access token it is. */
function userOf(token: string): string {
  const [, payload = ''] = token.split('.')
  return z.object({ sub: z.string() }).parse(JSON.parse(Buffer.from(payload, 'base64url').toString())).sub
}
