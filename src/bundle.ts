/** What dist/ holds: the entries of the actions and of the command line, and what the demo starts its server with. */
export { main as cli } from './cli.js'
export { findEmbedded } from './database/postgres/embedded.js'
export { findPrograms } from './database/postgres/programs.js'
export { startServer } from './database/postgres/server.js'
export { main } from './main.js'
export { main as post } from './post.js'
