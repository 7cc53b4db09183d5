import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ChannelOf } from '../../contract/alerts/channels.ts';
import type { AlertEvent } from '../../contract/alerts/event.ts';
import { anAlertEvent } from '../../testing/alert-samples.ts';
import { certificateFile, type Certificate } from '../../testing/http-servers/http-servers.ts';
import { runCommand } from './command.ts';
import { sendEmail } from './email.ts';

/** Starts a real SMTP server, and returns a channel to it and the mails that it took. */
async function mailServer(options: SMTPServerOptions = {}) {
  const mails: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, callback) =>
      password === 'right' ? callback(null, { user: username ?? '' }) : callback(new Error('Wrong password')),
    onData: (stream, _session, callback) => void text(stream).then((mail) => (mails.push(mail), callback())),
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(resolve)));
  const { port } = server.server.address() as AddressInfo;
  const channel: ChannelOf<'email'> = {
    ...{ kind: 'email', host: '127.0.0.1', port, security: 'none' },
    ...{ from: 'ncp@example.org', to: ['kim@example.org', 'li@example.org'] },
  };
  return { channel, mails };
}
const send = (channel: ChannelOf<'email'>, event: Partial<AlertEvent> = {}) =>
  sendEmail(channel, anAlertEvent(event), null);

describe('an email', () => {
  it('has text and HTML with the failing lines, and the same id at each attempt', async () => {
    const { channel, mails } = await mailServer();
    const output = 'copying\n<b>disk & full</b>\n';
    expect((await send(channel, { output })).outcome).toBe('sent');
    expect(mails[0]).toContain('Subject: Backup failed (box)');
    expect(mails[0]).toContain('Message-ID: <alert-1@ncp-scheduler>');
    expect(mails[0]).toContain('<b>disk & full</b>');
    expect(mails[0]).toContain('&lt;b&gt;disk &amp; full&lt;/b&gt;');
  });

  it('has one subject, whatever is in the name of a task', async () => {
    const { channel, mails } = await mailServer();
    await send(channel, { title: 'A\r\nBcc: eve@example.org\r\n\r\nbody' });
    const head = (mails[0] ?? '').split('\r\n\r\n')[0] ?? '';
    expect(head).not.toMatch(/^Bcc:/m);
  });

  it('is not sent without encryption unless the channel says so', async () => {
    const { channel, mails } = await mailServer();
    const { outcome, answer } = await send({ ...channel, security: 'starttls' });
    expect([outcome, mails]).toEqual(['failed', []]);
    expect(answer).toMatch(/STARTTLS|TLS/);
  });

  describe.each<['starttls' | 'tls', SMTPServerOptions]>([
    ['starttls', { disabledCommands: [] }],
    ['tls', { secure: true }],
  ])('over %s', (security, options) => {
    const encrypted = (certificate: Certificate) => {
      const cert = readFileSync(certificateFile(certificate));
      return mailServer({ ...options, cert, key: readFileSync(certificateFile(certificate).replace(/pem$/, 'key')) });
    };
    const own = [readFileSync(certificateFile('ca'), 'utf8')];

    it('is sent to a server whose certificate is from an authority of the channel', async () => {
      const { channel, mails } = await encrypted('trusted');
      const delivery = await sendEmail({ ...channel, security }, anAlertEvent(), own);
      expect([delivery.outcome, mails.length]).toEqual(['sent', 1]);
    });

    it.each(['trusted', 'expired', 'wrong-host', 'self-signed'] as const)(
      'is not sent to a server whose certificate does not hold: %s',
      async (certificate) => {
        const { channel, mails } = await encrypted(certificate);
        const ca = certificate === 'trusted' ? null : own;
        const { outcome, answer } = await sendEmail({ ...channel, security }, anAlertEvent(), ca);
        expect([outcome, mails]).toEqual(['failed', []]);
        expect(answer).toContain('set "caFile" to the certificate of that authority');
      },
    );
  });

  it.each<[string, SMTPServerOptions, Partial<ChannelOf<'email'>>, RegExp]>([
    ['a wrong password', {}, { user: 'kim', password: 'wrong' }, /refused it at AUTH.*Wrong password/],
    [
      'a sender that the server does not take',
      { onMailFrom: (_address, _session, callback) => callback(new Error('Sender not allowed')) },
      {},
      /refused it at MAIL FROM: .*Sender not allowed/,
    ],
    [
      'a text that the server does not take',
      { onData: (stream, _session, callback) => void text(stream).then(() => callback(new Error('Too much mail'))) },
      {},
      /refused it.*Too much mail/,
    ],
  ])('with %s fails with the words of the server, and did not arrive', async (_, options, change, words) => {
    const { channel } = await mailServer(options);
    const delivery = await send({ ...channel, ...change });
    expect(delivery).toMatchObject({ outcome: 'failed', mayHaveArrived: false });
    expect(delivery.answer).toMatch(words);
  });

  it('to a server that is not there says where it looked', async () => {
    const { channel } = await mailServer();
    expect((await send({ ...channel, port: 9 })).answer).toMatch(/^127\.0\.0\.1:9 could not be reached/);
  });
});

describe('a command', () => {
  const run = (script: string, event: Partial<AlertEvent> = {}) =>
    runCommand({ kind: 'command', command: [process.execPath, '-e', script] }, anAlertEvent(event), {});

  it('gets the event on standard input and in variables', async () => {
    const script = `let s='';process.stdin.on('data',d=>s+=d).on('end',()=>{
      console.log(JSON.parse(s).task.name, process.env.NCP_ALERT_KIND, process.env.NCP_ALERT_EXIT_CODE)})`;
    expect(await run(script)).toEqual({
      outcome: 'sent',
      answer: `${process.execPath} ended with exit code 0. It said: Backup failed 3`,
    });
  });

  it('that fails, does not read its input or does not exist fails with its words', async () => {
    const failed = await run('console.error("no route"); process.exit(2)', { output: 'x'.repeat(200_000) });
    expect(failed).toMatchObject({ outcome: 'failed', mayHaveArrived: false });
    expect(failed.answer).toContain('exit code 2. It said: no route');
    const missing = await runCommand({ kind: 'command', command: ['/no/such-program'] }, anAlertEvent(), {});
    expect(missing.answer).toContain('/no/such-program could not be started');
  });
});
