import { sentencesOf } from '../../contract/alerts/alert-sentences.ts';
import type { ChannelOf } from '../../contract/alerts/channels.ts';
import type { AlertEvent } from '../../contract/alerts/event.ts';
import { messageOf } from '../../domain/errors.ts';
import type { Delivery } from '../../ports/alert-channels.ts';
import { cut, cutStart, outputOf, titleOf } from './alert-text.ts';
import { answerWithinMs } from './http-delivery.ts';

const outputBytes = 16_000;
const ports = { starttls: 587, tls: 465, none: 25 } as const;

/**
 * Sends an email over SMTP. `starttls` refuses a server without encryption, so that no password is readable on the way.
 * @param ca certificates of authorities to trust; null for those of Node
 */
export async function sendEmail(
  channel: ChannelOf<'email'>,
  event: AlertEvent,
  ca: readonly string[] | null,
): Promise<Delivery> {
  const { createTransport } = (await import('nodemailer')).default;
  const { host, user, password, from, to } = channel;
  const security = channel.security ?? 'starttls';
  const transport = createTransport({
    host,
    port: channel.port ?? ports[security],
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    ...(ca !== null && { tls: { ca: [...ca] } }),
    connectionTimeout: answerWithinMs,
    greetingTimeout: answerWithinMs,
    socketTimeout: answerWithinMs,
  });
  try {
    const info = await transport.sendMail({
      from,
      to: [...to],
      subject: cut(titleOf(event), 300),
      // The same at each attempt: mail programs show a repeated message once.
      messageId: `<${event.id}@ncp-scheduler>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-NCP-Event': event.kind },
      ...contentOf(event),
    });
    const rejected = info.rejected.length === 0 ? '' : ` It refused ${info.rejected.map(addressOf).join(', ')}.`;
    return { outcome: 'sent', answer: `${host} accepted it: ${info.response}.${rejected}` };
  } catch (error) {
    return failureOf(error, channel);
  } finally {
    transport.close();
  }
}

const addressOf = (address: string | { readonly address: string }): string =>
  typeof address === 'string' ? address : address.address;

function contentOf(event: AlertEvent): { text: string; html: string } {
  const output = cutStart(outputOf(event), outputBytes);
  const sentences = sentencesOf(event);
  const facts = event.run === null ? [] : [`Run ${event.run.id}`];
  const text = [titleOf(event), '', sentences, ...(output === '' ? [] : ['', output]), '', ...facts].join('\n');
  const pre =
    output === '' ? '' : `<pre style="background:#f4f4f4;padding:12px;overflow:auto">${escaped(output)}</pre>`;
  const html = `<h2 style="font:600 18px sans-serif">${escaped(titleOf(event))}</h2><p style="font:14px sans-serif">${escaped(sentences).replaceAll('\n', '<br>')}</p>${pre}<p style="font:12px sans-serif;color:#666">${escaped(facts.join(''))}</p>`;
  return { text, html };
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** What nodemailer adds to an error: the step of SMTP that failed, and the server's code and words. */
interface SmtpError {
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly code?: string;
}

function failureOf(error: unknown, { host, port, security }: ChannelOf<'email'>): Delivery {
  const { command, responseCode, response, code } = error as SmtpError;
  // After the text was sent, a connection that breaks says nothing about whether the server kept it.
  const mayHaveArrived = command === 'DATA' && responseCode === undefined;
  if (response !== undefined)
    return { outcome: 'failed', answer: `${host} refused it at ${command ?? 'SMTP'}: ${response}`, mayHaveArrived };
  const ownAuthority = /certificate/i.test(messageOf(error))
    ? ' If its certificate is from an authority of your own, set "caFile" to the certificate of that authority.'
    : '';
  const noTls = code === 'ETLS' && security !== 'tls';
  const help = noTls ? ' If the server offers TLS from the start, set "security" to "tls" (port 465).' : '';
  const at = `${host}:${port ?? ports[security ?? 'starttls']}`;
  return {
    outcome: 'failed',
    answer: `${at} could not be reached: ${messageOf(error)}.${help}${ownAuthority}`,
    mayHaveArrived,
  };
}
