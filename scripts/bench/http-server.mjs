// Two hundred things behind a door: what the checks of the bench are about. Prints its port, ends with its stdin.
import { createServer } from 'node:http'

const server = createServer((request, response) => {
  const [, kind, id = ''] = /^\/(things|private)\/(\d+)$/.exec(request.url ?? '') ?? []
  if (kind === undefined) return answer(response, 404, { error: 'nothing here' })
  if (kind === 'private') return answer(response, 401, { error: 'who are you?' }, { 'www-authenticate': 'Bearer' })
  const cookie = `session=s${id}; Path=/; HttpOnly; SameSite=Lax`
  return answer(response, 200, { id: Number(id), state: 'ready', tags: ['a', 'b'] }, { 'set-cookie': cookie })
})

function answer(response, status, body, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(JSON.stringify(body))
}

server.listen(0, '127.0.0.1', () => console.log(server.address().port))
process.stdin.resume().on('end', () => process.exit())
