import { sendToParent } from '../measure/in-child.ts'
import { type FloodName, floods } from './floods.ts'

const [name, httpUrl = '', socketUrl = '', token = '', document = ''] = process.argv.slice(2)
await floods[name as FloodName]({ httpUrl, socketUrl, token, document })
process.on('disconnect', () => process.exit())
sendToParent('flooding')
