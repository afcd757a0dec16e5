import { config } from 'zod'

// zod compiles parsers with `new Function` where it may. The content policy forbids it, and already the attempt is
// reported as a breach. This must run before any schema is made: it is the first import of the page.
config({ jitless: true })
