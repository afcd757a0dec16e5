import { describeSocketOwnerContract } from '@questlog/shared/testing/socket-owner-contract'
import { webSocketOwner } from './connect-across-tabs.ts'

describeSocketOwnerContract('Web Locks', () => webSocketOwner)
