import { z } from 'zod';

/** What a person calls a channel. */
export const channelNameSchema = z
  .string()
  .max(60)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, 'A name of a channel has letters, digits, ".", "_" and "-"');

/**
 * An http or https address, or a text that becomes one once its secrets have values. Services put their keys into the
 * address, so it is kept as a secret.
 */
const addressSchema = z
  .string()
  .max(2000)
  .refine((text) => text.includes('${secret:') || /^https?:\/\/[^\s/]/i.test(text), {
    error: 'must be an address that begins with https:// or http://, for example https://example.org/hook',
  });

/** Header names and values that HTTP allows (RFC 9110, 5.5): no line break can add another header. */
const headersSchema = z.record(
  z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'must be a name of an HTTP header'),
  z.string().regex(/^[^\p{Cc}]*$/u, 'must not contain line breaks or other control characters'),
);

const oneLine = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[^\p{Cc}]+$/u, 'must be one line without control characters');

const common = {
  /** An absent or true channel receives alerts; a channel that is switched off drops what waits for it. */
  enabled: z.boolean().optional(),
};

/** The services whose form of message a webhook can send, besides the documented event. */
export const webhookTemplates = ['slack', 'discord', 'teams', 'ntfy', 'gotify', 'telegram', 'google-chat'] as const;

const webhookSchema = z.looseObject({
  ...common,
  kind: z.literal('webhook'),
  url: addressSchema,
  /** @default POST */
  method: z.enum(['POST', 'PUT', 'PATCH']).optional(),
  headers: headersSchema.optional(),
  /** The form of the body. Absent: the event itself, as `alertEventSchema`. */
  template: z.enum(webhookTemplates).optional(),
  /** Key of the signature in the header `NCP-Signature` (HMAC-SHA256). Absent: requests are not signed. */
  signingKey: z.string().min(1).optional(),
  /** Access token of ntfy, application token of Gotify, or token of the Telegram bot. */
  token: z.string().min(1).optional(),
  /** The chat that a Telegram bot writes to. */
  chatId: oneLine.optional(),
});

const healthchecksSchema = z.looseObject({
  ...common,
  kind: z.literal('healthchecks'),
  /** The ping address of the check, or the push address of Uptime Kuma. */
  url: addressSchema,
  /** @default healthchecks */
  service: z.enum(['healthchecks', 'uptime-kuma']).optional(),
});

const emailSchema = z.looseObject({
  ...common,
  kind: z.literal('email'),
  host: oneLine,
  /** @default 587 with `starttls`, 465 with `tls`, 25 with `none` */
  port: z.number().int().min(1).max(65_535).optional(),
  /** `starttls`: refuses to send without encryption. @default starttls */
  security: z.enum(['starttls', 'tls', 'none']).optional(),
  /** File with certificates (PEM) of authorities to trust in addition, for a mail server with a certificate of one's own. */
  caFile: oneLine
    .regex(/^(?:\/|[a-z]:[\\/]|\\\\)/i, 'must be an absolute path, for example /etc/ssl/my-ca.pem')
    .optional(),
  user: oneLine.optional(),
  password: z.string().min(1).optional(),
  from: oneLine,
  to: z.array(oneLine).min(1).max(50),
});

const commandSchema = z.looseObject({
  ...common,
  kind: z.literal('command'),
  /** The program and its arguments. No shell reads them. */
  command: z.array(z.string()).min(1).max(100),
});

/** A notification of this desktop, which the running app shows. */
const desktopSchema = z.looseObject({ ...common, kind: z.literal('desktop') });

/** Where alerts go. `kind` decides the other fields. Fields of `secretFields` hold `${secret:NAME}` once they are stored. */
export const channelSchema = z.discriminatedUnion('kind', [
  webhookSchema,
  healthchecksSchema,
  emailSchema,
  commandSchema,
  desktopSchema,
]);
export type Channel = z.infer<typeof channelSchema>;
export type ChannelKind = Channel['kind'];
export type ChannelOf<K extends ChannelKind> = Extract<Channel, { kind: K }>;
export type WebhookTemplate = (typeof webhookTemplates)[number];

/** The fields of each kind whose text is stored as a secret, and only referred to in the settings. */
export const secretFields: { readonly [K in ChannelKind]: readonly string[] } = {
  webhook: ['url', 'signingKey', 'token'],
  healthchecks: ['url'],
  email: ['password'],
  command: [],
  desktop: [],
};
