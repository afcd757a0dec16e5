import { checkDocuments } from './check-documents.ts'
import type { DoctorDeps } from './doctor-deps.ts'
import type { Task } from './parse-arguments.ts'
import { retrySetAside } from './retry-set-aside.ts'
import { dropSetAside, exportDocument } from './write-files.ts'

/** Does what an operator asks; false where something is wrong, or stays so. */
export function runTask(deps: DoctorDeps, task: Task): Promise<boolean> {
  switch (task.kind) {
    case 'check':
      return checkDocuments(deps, task.document, task)
    case 'retry':
      return retrySetAside(deps, task.document, task)
    case 'drop':
      return dropSetAside(deps, task)
    case 'export':
      return exportDocument(deps, task.document, task.directory)
  }
}
