import { secretFields, type Channel } from '../../contract/alerts/channels.ts';
import type { AlertEvent } from '../../contract/alerts/event.ts';
import { messageOf } from '../../domain/errors.ts';
import { maskedTexts, Masker } from '../../domain/secrets/masking.ts';
import { resolvedReferences } from '../../domain/secrets/references.ts';
import type { AlertChannels, Delivery } from '../../ports/alert-channels.ts';
import { showOnDesktop, type AlertNotifier } from './desktop-delivery.ts';

export interface DeliveryNeeds {
  readonly channels: () => Promise<AlertChannels>;
  /** Returns what shows notifications; null if this process has no desktop. */
  readonly notifier: () => AlertNotifier | null;
  /** Returns the value of a secret. @throws SchedulerError `secret/…` */
  readonly secret: (name: string) => Promise<string>;
  /** Returns the environment of tasks. */
  readonly variables: () => Promise<Readonly<Record<string, string>>>;
}

/** Returns the function that sends an event to a channel: with the values of its secrets, none of which is in the answer. */
export function deliveryTo(needs: DeliveryNeeds): (channel: Channel, event: AlertEvent) => Promise<Delivery> {
  return async (channel, event) => {
    try {
      if (channel.kind === 'desktop') return await showOnDesktop(event, needs.notifier());
      const { value, secrets } = await resolvedReferences(channel, needs.secret);
      const fields = secretFields[channel.kind].flatMap((field) => {
        const text = (value as Readonly<Record<string, unknown>>)[field];
        return typeof text === 'string' ? [text] : [];
      });
      const masker = new Masker(maskedTexts([...secrets, ...fields]));
      const delivery = await (await needs.channels()).send(value, event, await needs.variables());
      return { ...delivery, answer: masked(delivery.answer, masker) };
    } catch (problem) {
      return { outcome: 'failed', answer: messageOf(problem), mayHaveArrived: false };
    }
  };
}

/** The masker reads each character as one byte. */
const masked = (text: string, masker: Masker): string =>
  Buffer.from(masker.mask(Buffer.from(text, 'utf8').toString('latin1')), 'latin1').toString('utf8');
