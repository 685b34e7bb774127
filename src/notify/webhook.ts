import { createHmac } from 'node:crypto'
import type { Message, Notifier } from '../core/notify/notifier.js'
import type { Http } from '../core/ports.js'
import { post } from './send.js'

export type WebhookOptions = Readonly<{ http: Http; url: string; secret?: string | undefined }>

/**
 * JSON to any address (docs/notifications.md has its form). The delivery's id is the same for the same transition, so
 * that a receiver knows what it has, and an answer that was lost may be asked for again.
 */
export const openWebhook = ({ http, url, secret }: WebhookOptions): Notifier => ({
  tell: async (message, signal) => {
    const body = webhookBody(message)
    await post(
      http,
      {
        to: 'the webhook',
        url,
        headers: headersFor(message, body, secret),
        body,
        repeatable: true
      },
      signal
    )
  }
})

/** Members are added, never changed; a new meaning gets a new `format`. */
export const webhookBody = ({ format, key: id, ...message }: Message): string =>
  JSON.stringify({ format, id, ...message })

function headersFor({ key, kind }: Message, body: string, secret: string | undefined) {
  return {
    'content-type': 'application/json; charset=utf-8',
    'x-deploy-checklist-event': kind,
    'x-deploy-checklist-delivery': key,
    ...(secret === undefined ? {} : { 'x-deploy-checklist-signature-256': signatureOf(body, secret) })
  }
}

/** As GitHub signs its own webhooks: `sha256=` and the HMAC of the body's bytes in hex. */
export const signatureOf = (body: string, secret: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
