import { minuteMs, secondMs } from '../../domain/durations.ts';

const LONGEST_MS = minuteMs;
/** A server that lived longer than this did not die because it was started. */
const LIVED_MS = minuteMs;
/** Servers whose deaths are remembered. */
const REMEMBERED = 100;

interface Deaths {
  readonly inARow: number;
  readonly lastMs: number;
}

/** Remembers how often servers died early, so that one that dies again and again is not started all the time. */
export class RestartDelays {
  readonly #deaths = new Map<string, Deaths>();

  /** @param livedMs how long the server had run */
  died(place: string, livedMs: number, nowMs: number): void {
    const inARow = livedMs > LIVED_MS ? 1 : (this.#deaths.get(place)?.inARow ?? 0) + 1;
    this.#deaths.delete(place);
    this.#deaths.set(place, { inARow, lastMs: nowMs });
    if (this.#deaths.size > REMEMBERED) this.#deaths.delete([...this.#deaths.keys()][0] ?? '');
  }

  /** Returns how long to wait before the next start, in ms: nothing after one death, then 1 s, 2 s, 4 s … a minute. */
  delay(place: string, nowMs: number): { readonly ms: number; readonly deaths: number } {
    const { inARow = 0, lastMs = 0 } = this.#deaths.get(place) ?? {};
    const wait = inARow < 2 ? 0 : Math.min(LONGEST_MS, secondMs * 2 ** (inARow - 2));
    return { ms: Math.max(0, lastMs + wait - nowMs), deaths: inARow };
  }
}
