import type { Notifier } from '../core/notify/notifier.js'
import type { Http, HttpResponse } from '../core/ports.js'
import { post } from './send.js'
import { slackBody } from './slack-blocks.js'

/** An incoming webhook of Slack. It cannot tell that it has a message already, so that a lost answer is left at that. */
export const openSlack = ({ http, url }: Readonly<{ http: Http; url: string }>): Notifier => ({
  tell: (message, signal) =>
    post(
      http,
      {
        to: 'slack',
        url,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(slackBody(message)),
        repeatable: false,
        explain
      },
      signal
    )
})

const explain = ({ body }: HttpResponse): string | undefined => WORDS[body.trim().slice(0, 60)]

/** https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks, "Handling errors". */
const WORDS: Readonly<Record<string, string>> = {
  invalid_payload: 'Slack could not read it: that is a fault of deploy-checklist. Please report it.',
  invalid_token: 'The webhook is not valid any more: make a new one in Slack, and put its address into the secret.',
  no_service: 'The webhook is disabled or removed: make a new one in Slack, and put its address into the secret.',
  no_service_id: 'The address is not whole: copy it again from Slack into the secret.',
  no_team: 'The address is not whole: copy it again from Slack into the secret.',
  team_disabled: 'The workspace is disabled: use another one.',
  channel_not_found: 'The channel is gone: make a webhook for another one.',
  channel_is_archived: 'The channel is archived: make a webhook for another one.',
  action_prohibited: 'An admin of the workspace does not allow it: ask them.',
  posting_to_general_channel_denied: 'Not everybody may write to that channel: make a webhook for another one.',
  user_not_found: 'The person who made the webhook is gone: make a new one.'
}
