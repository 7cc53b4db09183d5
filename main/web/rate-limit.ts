import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Application } from '../application/application.ts';
import type { OwnAddresses } from './address/own-origins.ts';

type Clock = Application['clock'];

export interface Rate {
  /** How many are possible at once. */
  readonly burst: number;
  readonly perSecond: number;
}

/** More only if somebody has very many addresses; then the one that was seen first is forgotten. */
const mostKeys = 1000;

/** Limits how often something happens, for each key by itself: a bucket of `burst` that refills at `perSecond`. */
export class RateLimit {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #rate: Rate;
  readonly #buckets = new Map<string, { left: number; atMs: number }>();

  constructor(clock: Pick<Clock, 'now'>, rate: Rate) {
    this.#clock = clock;
    this.#rate = rate;
  }

  /** Counts one more, and returns false if it is too many. */
  take(key: string): boolean {
    const { burst, perSecond } = this.#rate;
    const now = this.#clock.now();
    const bucket = this.#buckets.get(key) ?? { left: burst, atMs: now };
    const refilled = Math.max(0, ((now - bucket.atMs) / 1000) * perSecond);
    const left = Math.min(burst, bucket.left + refilled);
    this.#buckets.delete(key);
    this.#buckets.set(key, { left: left < 1 ? left : left - 1, atMs: now });
    const oldest = this.#buckets.keys().next();
    if (this.#buckets.size > mostKeys && oldest.done !== true) this.#buckets.delete(oldest.value);
    return left >= 1;
  }
}

/** Behind a proxy, the proxy itself has added the last address of the header; those before it can be made up. */
export function remoteAddress<E extends { Bindings: HttpBindings }>(c: Context<E>, { proxy }: OwnAddresses): string {
  const forwarded = proxy === null ? undefined : c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  return forwarded ?? c.env.incoming.socket.remoteAddress ?? 'socket';
}
