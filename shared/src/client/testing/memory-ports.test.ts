import { describeCoordinationContract } from '../../testing/coordination-contract.ts'
import { describeKeyValueContract } from '../../testing/key-value-contract.ts'
import { describeLocalDocumentsContract } from '../../testing/local-documents-contract.ts'
import { type MemoryDisks, memoryLocalStores } from '../rescue/memory-local-store.ts'
import { memoryCoordination } from './memory-coordination.ts'
import { memoryDocuments } from './memory-documents.ts'
import { memoryKeyValues } from './memory-key-value.ts'

describeKeyValueContract('memory', () => {
  const device = memoryKeyValues()
  return { open: device.open, fill: () => device.fill(true) }
})

describeCoordinationContract('memory', () => {
  const coordination = memoryCoordination()
  return { coordination, hold: coordination.hold }
})

describeLocalDocumentsContract('memory', () => {
  const disks: MemoryDisks = new Map()
  return { documents: memoryDocuments(disks), openStore: memoryLocalStores(disks) }
})
