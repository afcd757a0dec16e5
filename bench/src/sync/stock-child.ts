import { Database } from '@hocuspocus/extension-database'
import { Hocuspocus } from '@hocuspocus/server'
import pg from 'pg'
import { verifyToken } from './authentication.ts'
import { serve } from './server-child.ts'

const [databaseUrl] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })
await pool.query('create table if not exists stock_documents (name text primary key, state bytea not null)')

// Its defaults: a store two seconds after the last edit of a document, ten after the first. Only the time after which
// a silent socket is closed is raised, since the devices of the load send no presence.
const hocuspocus = new Hocuspocus({
  quiet: true,
  timeout: 600_000,
  async onAuthenticate({ token }) {
    const userId = verifyToken(token)
    if (userId === null) throw new Error('signed-out')
    return { userId }
  },
  extensions: [
    new Database({
      async fetch({ documentName }) {
        const { rows } = await pool.query<{ state: Buffer }>('select state from stock_documents where name = $1', [
          documentName,
        ])
        return rows[0]?.state ?? null
      },
      async store({ documentName, state }) {
        await pool.query(
          'insert into stock_documents (name, state) values ($1, $2) on conflict (name) do update set state = excluded.state',
          [documentName, state],
        )
      },
    }),
  ],
})

await serve((socket, request) => {
  const connection = hocuspocus.handleConnection(socket, new Request(`http://localhost${request.url}`))
  socket.on('message', (frame: Buffer) => connection.handleMessage(frame))
  socket.on('close', (code, reason) => connection.handleClose({ code, reason: reason.toString() }))
})
