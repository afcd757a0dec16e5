import { fileURLToPath } from 'node:url'

/**
 * Where Node keeps the code that it compiled and the types that it stripped, for the next start of a program: a server
 * takes a third less processor time to start. Whoever can write here can write the code itself.
 */
export const compileCache = fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url))
