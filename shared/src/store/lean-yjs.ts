/** Imported for its effect, by every module through which a program comes to hold documents. */
import './yjs-root-names.ts'
import './yjs-short-structs.ts'
