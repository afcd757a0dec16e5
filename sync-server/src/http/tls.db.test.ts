import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type TLSSocket } from 'node:tls'
import { pino } from 'pino'
import { generate } from 'selfsigned'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type RunningServer, startServer } from '../compose/start-server.ts'
import { createLogger } from '../process/logging.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { testConfig } from '../testing/server-settings.ts'
import { keepTlsRenewed, readTls } from './tls.ts'

const logger = createLogger('silent')

let folder: string
let files: { readonly certFile: string; readonly keyFile: string }
let ca: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'questlog-tls-'))
  files = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') }
  ca = await renew()
})

afterEach(() => rm(folder, { recursive: true }))

/** Puts a new certificate for localhost into the files. */
async function renew(): Promise<string> {
  const pair = await generate([{ name: 'commonName', value: 'localhost' }], { keyType: 'ec' })
  await writeFile(files.certFile, pair.cert)
  await writeFile(files.keyFile, pair.private)
  return pair.cert
}

async function withServer(use: (server: RunningServer, database: TestDatabase) => Promise<void>): Promise<void> {
  const database = await createTestDatabase()
  const config = testConfig({ DATABASE_URL: database.url, TLS_CERT_FILE: files.certFile, TLS_KEY_FILE: files.keyFile })
  const server = await startServer(config, { logger, now: Date.now })
  try {
    await use(server, database)
  } finally {
    await server.stop()
    await database.drop()
  }
}

test('with a certificate the port speaks https, for the app, REST and the socket', async () => {
  await withServer(async ({ port }) => {
    const response = await new Promise<{ status: number | undefined }>((resolve, reject) => {
      get(`https://localhost:${port}/health/ready`, { ca }, (answer) => {
        answer.resume()
        resolve({ status: answer.statusCode })
      }).on('error', reject)
    })
    expect(response.status).toBe(200)
    const socket = new WebSocket(`wss://localhost:${port}/sync`, { ca })
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
    socket.terminate()
    await expect(fetch(`http://localhost:${port}/health/ready`)).rejects.toThrow()
  })
})

test('nothing older than TLS 1.3 is spoken', async () => {
  await withServer(async ({ port }) => {
    expect(await protocolWith(port, {})).toBe('TLSv1.3')
    expect(await protocolWith(port, { maxVersion: 'TLSv1.2' })).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION')
  })
})

test('a certificate that cannot be read, or does not belong to its key, is named before anything is opened', async () => {
  const other = await generate([{ name: 'commonName', value: 'other' }], { keyType: 'ec' })
  await writeFile(files.keyFile, other.private)
  await expect(readTls(files)).rejects.toThrow('TLS_CERT_FILE and TLS_KEY_FILE cannot be used')
  await writeFile(files.keyFile, '')
  await expect(readTls(files)).rejects.toThrow('TLS_CERT_FILE and TLS_KEY_FILE cannot be used')
  await rm(files.certFile)
  await expect(readTls(files)).rejects.toThrow('(ENOENT)')
})

test('a renewed certificate is taken over while the server runs, a broken one is not', async () => {
  const server = createServer(await readTls(files))
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const complaints: string[] = []
  const listening = pino({ level: 'error' }, { write: (line: string) => complaints.push(line) })
  const stop = keepTlsRenewed(server, files, { logger: listening, everyMs: 10 })
  try {
    const before = await certificateOf(port)
    await renew()
    await expect.poll(() => certificateOf(port)).not.toBe(before)
    const renewed = await certificateOf(port)
    for (const broken of ['broken', '']) {
      await writeFile(files.certFile, broken)
      const told = complaints.length
      await expect.poll(() => complaints.length).toBeGreaterThan(told + 1)
      expect(await certificateOf(port)).toBe(renewed)
    }
  } finally {
    stop()
    server.close()
  }
})

function open(port: number, options: { maxVersion?: 'TLSv1.2' }): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: 'localhost', rejectUnauthorized: false, ...options }, () => resolve(socket))
    socket.once('error', reject)
  })
}

async function protocolWith(port: number, options: { maxVersion?: 'TLSv1.2' }): Promise<unknown> {
  try {
    const socket = await open(port, options)
    const protocol = socket.getProtocol()
    socket.destroy()
    return protocol
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  }
}

async function certificateOf(port: number): Promise<string> {
  const socket = await open(port, {})
  const { fingerprint256 } = socket.getPeerCertificate()
  socket.destroy()
  return fingerprint256
}
