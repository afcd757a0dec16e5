import type { SecondFactorProof } from '@questlog/shared/protocol/sign-in-methods'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { originOf } from '../../audit/security-events.ts'
import { addressKey } from '../../http/address-key.ts'
import { attemptProblem } from '../attempt-problem.ts'
import { proveIdentity } from '../re-authentication.ts'
import { callersDevice, type MethodDeps } from '../ways-in/method-deps.ts'
import { checkSecondFactor } from './check-second-factor.ts'
import { tryCode } from './second-factor-sign-in.ts'

/** Makes sure the caller knows the password or has the second factor; refuses the request otherwise. */
export async function requireProof(
  deps: MethodDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { password, ...shown }: SecondFactorProof,
): Promise<void> {
  const { userId, familyId } = callersDevice(request)
  const address = addressKey(request)
  if (password !== undefined) {
    const proven = await proveIdentity(deps, { userId, familyId, password, address })
    if (!proven.ok) throw attemptProblem(reply, proven.error)
    return
  }
  const origin = originOf(request, request.caller)
  const checked = await tryCode(deps, userId, { address, device: familyId }, () =>
    checkSecondFactor(deps, userId, shown, origin),
  )
  if (!checked.ok) throw attemptProblem(reply, checked.error)
}

/** After such a proof the session counts as signed in just now. */
export async function confirmIdentity(
  deps: MethodDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  proof: SecondFactorProof,
): Promise<void> {
  await requireProof(deps, request, reply, proof)
  await deps.db
    .updateTable('token_families')
    .set({ authenticated_at: new Date(deps.now()) })
    .where('id', '=', callersDevice(request).familyId)
    .execute()
}
