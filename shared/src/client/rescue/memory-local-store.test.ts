import { describeLocalStoreContract } from '../../testing/local-store-contract.ts'
import { memoryLocalStores } from './memory-local-store.ts'

describeLocalStoreContract('memory', async () => ({ open: memoryLocalStores() }))
