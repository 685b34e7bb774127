export { openEmail } from './email.js'
export { openSlack } from './slack.js'
export { openWebhook } from './webhook.js'
