/** What dist/ holds: the entries of the actions and of the command line are three doors into this one file. */
export { main as cli } from './cli.js'
export { startServer } from './database/postgres/server.js'
export { main } from './main.js'
export { main as post } from './post.js'
