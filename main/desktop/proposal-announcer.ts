import type { Notifier } from '../ports/desktop.ts';
import type { Logger } from '../ports/logger.ts';
import type { AgentOperations } from '../application/operations.ts';
import { proposalNotification } from '../services/consent/proposal-notification.ts';

export interface ProposalAnnouncerNeeds {
  readonly agents: AgentOperations;
  readonly notifier: Pick<Notifier, 'notify'>;
  readonly logger: Logger;
}

/** Notifies the person once of each change that an agent asked for. */
export class ProposalAnnouncer {
  readonly #options: ProposalAnnouncerNeeds;
  #told: ReadonlySet<string> = new Set();

  constructor(options: ProposalAnnouncerNeeds) {
    this.#options = options;
  }

  /** Notifies of proposals that are new since the last call. The first call covers all pending ones. */
  tell(): void {
    const { agents, notifier, logger } = this.#options;
    const waiting = agents.proposals.waiting();
    const notification = proposalNotification(waiting.filter(({ id }) => !this.#told.has(id)));
    this.#told = new Set(waiting.map(({ id }) => id));
    if (notification === null) return;
    const content = { ...notification, buttons: [], taskIds: [], urgency: 'normal' } as const;
    void notifier.notify(content).then((shown) => {
      if (!shown)
        logger.warn('The system refused a notification; the tray shows the pending changes', {
          title: notification.title,
        });
    });
  }
}
