import { request } from 'node:http';
import { request as requestTls } from 'node:https';
import { z } from 'zod';
import type { Application } from '../../application/application.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { ListenAddress } from './listen-address.ts';

/** A server that does not answer within this time, in ms, is another program. */
const answerMs = 1000;
/** A longer answer, in characters, comes from another program. */
const mostAnswer = 10_000;
/** What this server answers to a stranger, by whichever name it was called. */
const refusal = z.object({ error: z.object({ code: z.enum(['web/signed-out', 'web/wrong-host']) }) });

/** Who listens at an address: the primary of this data directory (by its process id), another window, or another program. */
export type Holder = { readonly primary: number } | 'window' | 'program';

/** Finds out who listens at an address that is in use. */
export async function holderOf(application: Application, address: ListenAddress, tls: boolean): Promise<Holder> {
  if ('path' in address) return 'program';
  const primary = await application.primary();
  const { web, pid } = (await primary?.call('ping', {}, { timeoutMs: answerMs }).catch(() => null)) ?? {};
  if (pid !== undefined && web !== undefined && portOf(web) === address.port) return { primary: pid };
  return (await isWindow(address, tls)) ? 'window' : 'program';
}

/** Says who has the address, and what to do. */
export function takenBy(address: ListenAddress, holder: Holder): string {
  const place = 'path' in address ? address.path : `${address.host}:${address.port}`;
  if (holder === 'program')
    return 'path' in address
      ? `${place} is in use by another program, or is a socket that one left behind. Remove the socket, or choose another address with --listen.`
      : `${place} is in use by another program.`;
  if (holder === 'window') return `Another \`serve --web\` of NCP Scheduler already listens on ${place}.`;
  return `\`serve\` in process ${holder.primary} already shows this window on ${place}: \`ncp-scheduler web create-token --name NAME\` creates a token that signs in there.`;
}

/** Returns the error of `listen`, with who has the address. Any other problem stays as it is. */
export async function namingHolder(
  problem: unknown,
  application: Application,
  address: ListenAddress,
  tls: boolean,
): Promise<unknown> {
  if (!(problem instanceof SchedulerError) || problem.code !== 'web/address-in-use') return problem;
  const taken = takenBy(address, await holderOf(application, address, tls));
  const message = 'path' in address ? taken : `${taken} Choose another address with --listen.`;
  return new SchedulerError(problem.code, message, problem.details, problem);
}

const portOf = (origin: string): number => {
  const { port, protocol } = new URL(origin);
  return Number(port) || (protocol === 'https:' ? 443 : 80);
};

/** Returns whether a window of NCP Scheduler answers there, of any data directory or user. */
function isWindow({ host, port }: Exclude<ListenAddress, { path: string }>, tls: boolean): Promise<boolean> {
  const at = { host: { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host, port, path: '/session', agent: false };
  const options = { ...at, signal: AbortSignal.timeout(answerMs) };
  return new Promise((settle) => {
    // Nothing secret is sent, and the answer only chooses a sentence, so the certificate does not matter.
    const asked = tls ? requestTls({ ...options, rejectUnauthorized: false }) : request(options);
    asked.on('error', () => settle(false));
    asked.once('response', (response) => {
      let text = '';
      response.on('error', () => settle(false));
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        if (text.length > mostAnswer) asked.destroy();
      });
      response.once('close', () => settle(isRefusal(text)));
    });
    asked.end();
  });
}

function isRefusal(text: string): boolean {
  try {
    return refusal.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
