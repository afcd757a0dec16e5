import { type Algorithm, hash, type Options, verify } from '@node-rs/argon2'
import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'

/** The password function; a port, so that tests can count the work. */
export interface PasswordHashing {
  hash(password: string): Promise<string>
  verify(hashed: string, password: string): Promise<boolean>
}

/** Argon2id with the parameters of OWASP's password storage cheat sheet. */
export function argon2Hashing(): PasswordHashing {
  // The enum is const and erased by the compiler, so its value is written out: 2 is Argon2id.
  const argon2id: Algorithm = 2
  const options: Options = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 }
  return { hash: (password) => hash(password, options), verify: (hashed, password) => verify(hashed, password) }
}

/** Hashes and checks passwords with the same single unit of work whatever the outcome. */
export interface Passwords {
  hash(password: string): Promise<Result<string, 'busy'>>
  /** `hashed` undefined, for an unknown account, costs as much as a check and is false. */
  matches(hashed: string | undefined, password: string): Promise<Result<boolean, 'busy'>>
}

/** Each unit takes 19 MiB and a thread of the pool that also serves the file system. */
const RUNNING = 2
const WAITING = 64

/** Bounds the work done at a time; beyond the queue callers are told `busy`. */
export async function createPasswords(hashing: PasswordHashing): Promise<Passwords> {
  const nobodysHash = await hashing.hash(crypto.randomUUID())
  const gate = createGate()
  return {
    hash: (password) => gate(() => hashing.hash(normalisePassword(password))),
    matches: (hashed, password) =>
      gate(async () => {
        const matched = await hashing.verify(hashed ?? nobodysHash, normalisePassword(password))
        return matched && hashed !== undefined
      }),
  }
}

/** NIST SP 800-63B, 3.1.1.2: so that a keyboard's way of composing characters does not lock anybody out. */
function normalisePassword(password: string): string {
  return password.normalize('NFKC')
}

function createGate(): <Value>(work: () => Promise<Value>) => Promise<Result<Value, 'busy'>> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= RUNNING) {
      if (waiting.length >= WAITING) return err('busy')
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else {
      running += 1
    }
    try {
      return ok(await work())
    } finally {
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
