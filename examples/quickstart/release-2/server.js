// The guestbook: people leave a few words. Release 2 also knows how they feel and what others reply.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import pg from 'pg'

const release = 2
const commit = readFileSync(new URL('REVISION', import.meta.url), 'utf8').trim()
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 4 })
// A connection that breaks while nobody uses it is replaced by the next query.
pool.on('error', error => console.error(error.message))

const routes = {
  'GET /health': async () => {
    await pool.query('select 1')
    return [200, { ok: true }]
  },
  'GET /version': () => [200, { commit, release }],
  'GET /entries': async () => {
    const { rows } = await pool.query('select id, author, words, mood, written_at from entries order by id')
    return [200, rows]
  },
  'GET /replies': async () => {
    const { rows } = await pool.query('select id, entry_id, author, words from replies order by id')
    return [200, rows]
  },
  'POST /entries': async ({ author, words, mood = 'calm' }) => {
    if (!author || !words) return [400, { error: 'author and words are needed' }]
    const insert = 'insert into entries (author, words, mood) values ($1, $2, $3) returning id'
    const { rows } = await pool.query(insert, [author, words, mood])
    return [201, rows[0]]
  },
  'POST /replies': async ({ entry, author, words }) => {
    if (!entry || !author || !words) return [400, { error: 'entry, author and words are needed' }]
    const insert = 'insert into replies (entry_id, author, words) values ($1, $2, $3) returning id'
    const { rows } = await pool.query(insert, [entry, author, words])
    return [201, rows[0]]
  }
}

const server = createServer(async (request, response) => {
  const [status, body] = await answer(request).catch(error => {
    console.error(`${request.method} ${request.url}: ${error.message}`)
    return [500, { error: 'something broke; the log knows more' }]
  })
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
})

async function answer(request) {
  const route = routes[`${request.method} ${request.url}`]
  return route === undefined ? [404, { error: 'no such page' }] : route(await bodyOf(request))
}

async function bodyOf(request) {
  const chunks = await request.toArray()
  try {
    return JSON.parse(Buffer.concat(chunks).toString() || '{}')
  } catch {
    return {}
  }
}

server.listen(Number(process.env.PORT), '127.0.0.1')
process.on('SIGTERM', () => {
  server.close(() => pool.end())
  server.closeIdleConnections()
})
