/** All that works for a request. The entries load it at once, when there is one: in several parts it would start slower. */
export { openShop } from '../app.js'
export { mustBeAskedFor } from './asked-for.js'
export { obeyAndPrint } from './command-line.js'
export { settleDeployment } from './deployment-end.js'
export { session } from './session.js'
export { settle } from './settle.js'
export { closePage } from './sign-page.js'
export { settleUnapproved } from './unapproved.js'
