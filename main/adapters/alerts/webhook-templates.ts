import { sentencesOf } from '../../contract/alerts/alert-sentences.ts';
import type { ChannelOf, WebhookTemplate } from '../../contract/alerts/channels.ts';
import type { AlertEvent, AlertKind } from '../../contract/alerts/event.ts';
import { cut, cutStart, outputOf, plainText, titleOf } from './alert-text.ts';

type Webhook = ChannelOf<'webhook'>;

/** How one service wants its messages. Bodies are values that become JSON, so no text can break them. */
export interface Template {
  /** Returns the address of the request. @default the address of the channel */
  readonly url?: (channel: Webhook) => string;
  readonly headers?: (channel: Webhook) => Record<string, string>;
  readonly body: (event: AlertEvent, channel: Webhook) => object;
}

const good: ReadonlySet<AlertKind> = new Set(['started', 'succeeded', 'recovered', 'heartbeat', 'test']);
const isGood = ({ kind }: AlertEvent): boolean => good.has(kind);

/** The forms of message by service, with the limits that each one documents. */
export const webhookTemplates: Readonly<Record<WebhookTemplate, Template>> = {
  // https://api.slack.com/reference/surfaces/formatting#escaping; text is cut after 40,000 characters.
  slack: {
    // Escaping makes a character up to five times as long.
    body: (event) => ({
      text: slackEscaped(`*${cut(titleOf(event), 300)}*\n${cut(sentencesOf(event), 4000)}${fenced(event, 3000)}`),
    }),
  },
  // https://discord.com/developers/docs/resources/webhook#execute-webhook: 2,000 characters, and nobody is mentioned.
  discord: {
    body: (event) => ({
      content: `**${cut(titleOf(event), 300)}**\n${cut(sentencesOf(event), 700)}${fenced(event, 900)}`,
      allowed_mentions: { parse: [] },
    }),
  },
  // An adaptive card in the form that Workflows of Teams take; a message has at most 28 KB, and each line
  // end of the output takes four bytes of it.
  teams: { body: teamsMessage },
  // https://docs.ntfy.sh/publish/#publish-as-json: a message has at most 4,096 bytes.
  ntfy: {
    url: ({ url }) => new URL('.', url).href,
    headers: ({ token }) => (token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    body: (event, { url }) => ({
      topic: decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? ''),
      title: cut(titleOf(event), 250),
      message: withOutput(event, 3800),
      priority: isGood(event) ? 3 : 4,
      tags: [isGood(event) ? 'white_check_mark' : 'rotating_light'],
    }),
  },
  // https://gotify.net/api-docs#/message/createMessage
  gotify: {
    url: ({ url }) => `${url.replace(/\/$/, '')}/message`,
    headers: ({ token }) => (token === undefined ? {} : { 'X-Gotify-Key': token }),
    body: (event) => ({
      title: titleOf(event),
      message: withOutput(event, 8000),
      priority: isGood(event) ? 3 : 8,
    }),
  },
  // https://core.telegram.org/bots/api#sendmessage: 4,096 characters; without parse_mode, nothing is markup.
  telegram: {
    url: ({ url, token }) => `${url.replace(/\/$/, '')}/bot${token ?? ''}/sendMessage`,
    body: (event, { chatId }) => ({
      chat_id: chatId ?? '',
      text: plainText(event, 4000),
      link_preview_options: { is_disabled: true },
    }),
  },
  // https://developers.google.com/workspace/chat/quickstart/webhooks: 32,000 bytes; `<users/all>` would mention everybody.
  'google-chat': { body: (event) => ({ text: plainText(event, 8000).replaceAll('<users/', '‹users/') }) },
};

const withOutput = (event: AlertEvent, most: number): string => {
  const sentences = sentencesOf(event);
  const output = outputOf(event);
  const room = most - Buffer.byteLength(sentences) - 2;
  return output === '' || room < 40 ? cut(sentences, most) : `${sentences}\n\n${cutStart(output, room)}`;
};

/** A fence within the output would end the block. */
function fenced(event: AlertEvent, most: number): string {
  const output = cutStart(outputOf(event), most).replaceAll('```', "'''");
  return output === '' ? '' : `\n\`\`\`\n${output}\n\`\`\``;
}

const slackEscaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function teamsMessage(event: AlertEvent): object {
  const output = cutStart(outputOf(event), 5000);
  const block = (text: string, more: object = {}) => ({ type: 'TextBlock', text, wrap: true, ...more });
  const title = { weight: 'Bolder', size: 'Medium', color: isGood(event) ? 'Good' : 'Attention' };
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            block(cut(titleOf(event), 300), title),
            block(cut(sentencesOf(event), 3000)),
            ...(output === '' ? [] : [block(output.replaceAll('\n', '\n\n'), { fontType: 'Monospace' })]),
          ],
        },
      },
    ],
  };
}
