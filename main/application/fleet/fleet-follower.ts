import { messageOf } from '../../domain/errors.ts';
import type { FleetNews } from '../../services/fleet/members/fleet-beat.ts';
import type { Outside } from '../outside.ts';
import type { FleetSide } from './fleet-side.ts';

/** How often a primary looks whether this machine has joined or left a fleet, which another process may have done. */
const lookMs = 30_000;

/** Keeps the primary in touch with the fleet while this machine is a member. */
export class FleetFollower {
  readonly #outside: Pick<Outside, 'inFleet' | 'clock' | 'logger'>;
  readonly #side: FleetSide;
  readonly #news: FleetNews;
  #cancelTimer: (() => void) | null = null;
  #isFollowing = false;

  constructor(outside: Pick<Outside, 'inFleet' | 'clock' | 'logger'>, side: FleetSide, news: FleetNews) {
    this.#outside = outside;
    this.#side = side;
    this.#news = news;
  }

  start(): void {
    this.#look();
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#set(false);
  }

  #look(): void {
    this.#set(this.#outside.inFleet());
    this.#cancelTimer = this.#outside.clock.setTimer(() => this.#look(), lookMs);
  }

  #set(follows: boolean): void {
    if (follows === this.#isFollowing) return;
    this.#isFollowing = follows;
    this.#side.parts().then(
      ({ beat }) => (this.#isFollowing ? beat.start(this.#news) : beat.stop()),
      (problem: unknown) => this.#outside.logger.error('Could not follow the fleet', { problem: messageOf(problem) }),
    );
  }
}
