import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { webhookTemplates as names, type ChannelOf, type WebhookTemplate } from '../../contract/alerts/channels.ts';
import type { AlertEvent } from '../../contract/alerts/event.ts';
import { anAlertEvent } from '../../testing/alert-samples.ts';
import { webhookTemplates } from './webhook-templates.ts';

const utf8 = (most: number) => z.string().refine((text) => Buffer.byteLength(text) <= most, `more than ${most} bytes`);
const card = z.strictObject({
  $schema: z.url(),
  type: z.literal('AdaptiveCard'),
  version: z.enum(['1.2', '1.3', '1.4', '1.5']),
  body: z.array(
    z.strictObject({
      type: z.literal('TextBlock'),
      text: z.string().min(1),
      wrap: z.boolean(),
      weight: z.enum(['Lighter', 'Default', 'Bolder']).optional(),
      size: z.enum(['Small', 'Default', 'Medium', 'Large', 'ExtraLarge']).optional(),
      color: z.enum(['Default', 'Dark', 'Light', 'Accent', 'Good', 'Warning', 'Attention']).optional(),
      fontType: z.enum(['Default', 'Monospace']).optional(),
    }),
  ),
});

/** What each receiver documents about the fields that are sent, with its limits. No other field is sent. */
const documented: Readonly<Record<WebhookTemplate, z.ZodType>> = {
  // https://docs.slack.dev/reference/methods/chat.postMessage: longer text is cut off.
  slack: z.strictObject({ text: z.string().min(1).max(40_000) }),
  // https://docs.discord.com/developers/resources/webhook#execute-webhook
  discord: z.strictObject({
    content: z.string().min(1).max(2000),
    allowed_mentions: z.strictObject({ parse: z.array(z.enum(['roles', 'users', 'everyone'])) }),
  }),
  // https://learn.microsoft.com/connectors/teams/#microsoft-teams-webhook and https://adaptivecards.io/explorer/TextBlock.html
  teams: z.strictObject({
    type: z.literal('message'),
    attachments: z.tuple([
      z.strictObject({ contentType: z.literal('application/vnd.microsoft.card.adaptive'), content: card }),
    ]),
  }),
  // https://docs.ntfy.sh/publish/#publish-as-json and https://docs.ntfy.sh/publish/#limitations
  ntfy: z.strictObject({
    topic: z.string().regex(/^[-_A-Za-z0-9]{1,64}$/),
    title: utf8(1024),
    message: utf8(4096),
    priority: z.int().min(1).max(5),
    tags: z.array(z.string()),
  }),
  // https://gotify.net/api-docs#/message/createMessage
  gotify: z.strictObject({ title: z.string(), message: z.string().min(1), priority: z.int().min(0).max(10) }),
  // https://core.telegram.org/bots/api#sendmessage
  telegram: z.strictObject({
    chat_id: z.string().min(1),
    text: z.string().min(1).max(4096),
    link_preview_options: z.strictObject({ is_disabled: z.boolean() }),
  }),
  // https://developers.google.com/workspace/chat/api/reference/rest/v1/spaces.messages: 32,000 bytes with all fields.
  'google-chat': z.strictObject({ text: utf8(31_000) }),
};
/** Of the whole request, in bytes: https://learn.microsoft.com/microsoftteams/limits-specifications-teams for Teams. */
const mostBytes: Partial<Record<WebhookTemplate, number>> = { teams: 28_000, 'google-chat': 32_000 };

const channel: ChannelOf<'webhook'> = { kind: 'webhook', url: 'https://x.org/topic', token: 't', chatId: '42' };
const long = {
  title: '😀ü"'.repeat(3000),
  message: 'ü\\"\u2028'.repeat(9000),
  output: `${'<&>ü😀 "line"\n'.repeat(9000)}last`,
};
const events: readonly (readonly [string, Partial<AlertEvent>])[] = [
  ['usual', {}],
  ['short', { title: 'A', message: 'B', output: null, run: null, task: null }],
  ['long title', { title: long.title }],
  ['long message', { message: long.message }],
  ['long output', { output: long.output }],
  ['long everything', long],
  ['digest', { kind: 'digest', message: `Failed:\n${'- Bäckup: disk full\n'.repeat(3000)}`, run: null, output: null }],
];

describe.each(names)('the form of %s', (name) => {
  it.each(events)('is what the receiver documents, within its limits: %s', (_, change) => {
    const body = webhookTemplates[name].body(anAlertEvent(change), channel);
    const read = documented[name].safeParse(JSON.parse(JSON.stringify(body)));
    expect(read.error?.issues ?? []).toEqual([]);
    expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThanOrEqual(mostBytes[name] ?? Infinity);
  });

  it('says that it was shortened, and keeps the end of the output', () => {
    const text = JSON.stringify(webhookTemplates[name].body(anAlertEvent({ output: long.output }), channel));
    expect(text).toContain('last');
    expect(text).toContain('shortened');
  });
});
