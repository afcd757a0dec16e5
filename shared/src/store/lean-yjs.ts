/** Imported for its effect by every module from which a program gets documents. */
import './yjs-root-names.ts'
import './yjs-short-structs.ts'
