import fastify from 'fastify'
import pg from 'pg'
import { sendToParent } from '../measure/in-child.ts'

/** The least that a route over Postgres can do: one row by its key. */
const [databaseUrl] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: databaseUrl, max: 20 })
await pool.query('create table if not exists bench_rows (id integer primary key, body jsonb not null)')
await pool.query(
  `insert into bench_rows select n, jsonb_build_object('id', n, 'title', 'Quest ' || n, 'notes', repeat('Words of a note. ', 18))
    from generate_series(0, 9999) n on conflict do nothing`,
)
const app = fastify()
app.get<{ Params: { id: string } }>('/rows/:id', async (request) => {
  const found = await pool.query<{ body: unknown }>({
    name: 'row',
    text: 'select body from bench_rows where id = $1',
    values: [request.params.id],
  })
  return found.rows[0]?.body
})
await app.listen({ port: 0, host: '127.0.0.1' })
process.on('disconnect', () => process.exit())
const address = app.server.address()
sendToParent({ port: typeof address === 'object' ? address?.port : undefined })
