import { renameDeviceSchema, signedInDeviceListSchema } from '@questlog/shared/protocol/account'
import { ulidSchema } from '@questlog/shared/protocol/ulid'
import { z } from 'zod'
import { originOf } from '../../audit/security-events.ts'
import { HttpProblem } from '../../http/http-problem.ts'
import { problems } from '../../http/problem-responses.ts'
import { noContent, type TypedApp } from '../../http/typed-app.ts'
import { type DeviceDeps, endDevice, endOtherDevices, listDevices, renameDevice } from '../devices.ts'
import { signedInDevice } from '../signed-in-device.ts'

const params = z.strictObject({ sessionId: ulidSchema })

/** The devices a person is signed in on, under `/api/v1/auth/sessions`. */
export function deviceRoutes(app: TypedApp, deps: DeviceDeps): void {
  app.route({
    method: 'GET',
    url: '/api/v1/auth/sessions',
    schema: {
      operationId: 'listSessions',
      summary: 'The devices you are signed in on',
      tags: ['Accounts'],
      response: { 200: signedInDeviceListSchema },
    },
    async handler(request, reply) {
      void reply.header('cache-control', 'no-store')
      return { items: await listDevices(deps, signedInDevice(request)), nextCursor: null }
    },
  })

  app.route({
    method: 'PATCH',
    url: '/api/v1/auth/sessions/:sessionId',
    config: { idempotency: 'none' },
    schema: {
      operationId: 'renameSession',
      summary: 'Give one of your devices a name',
      tags: ['Accounts'],
      params,
      body: renameDeviceSchema,
      response: { 204: noContent, ...problems('not-found') },
    },
    async handler(request, reply) {
      const { params, body } = request
      const isThere = await renameDevice(deps.db, signedInDevice(request), params.sessionId, body.deviceName)
      if (!isThere) throw new HttpProblem('not-found')
      return reply.code(204).send()
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/v1/auth/sessions/:sessionId',
    config: { idempotency: 'none' },
    schema: {
      operationId: 'endSession',
      summary: 'Sign one of your devices out',
      tags: ['Accounts'],
      params,
      response: { 204: noContent, ...problems('not-found') },
    },
    async handler(request, reply) {
      const origin = originOf(request, request.caller)
      const isEnded = await endDevice(deps, signedInDevice(request), request.params.sessionId, origin)
      if (!isEnded) throw new HttpProblem('not-found')
      return reply.code(204).send()
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/v1/auth/sessions',
    config: { idempotency: 'none' },
    schema: {
      operationId: 'endOtherSessions',
      summary: 'Sign all your other devices out',
      tags: ['Accounts'],
      response: { 204: noContent },
    },
    async handler(request, reply) {
      await endOtherDevices(deps, signedInDevice(request), originOf(request, request.caller))
      return reply.code(204).send()
    },
  })
}
