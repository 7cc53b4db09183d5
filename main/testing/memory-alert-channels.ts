import type { AlertEvent } from '../contract/alerts/event.ts';
import type { AlertChannels, Delivery, RemoteChannel } from '../ports/alert-channels.ts';

/** Receivers in memory that a test can inspect and let fail. */
export interface MemoryAlertChannels extends AlertChannels {
  /** What arrived, in order. */
  readonly received: { readonly channel: RemoteChannel; readonly event: AlertEvent }[];
  /** Decides what becomes of the next alerts. @default everything is received */
  answer: (event: AlertEvent) => Delivery | Promise<Delivery>;
}

export function memoryAlertChannels(): MemoryAlertChannels {
  const channels: MemoryAlertChannels = {
    received: [],
    answer: () => ({ outcome: 'sent', answer: 'It said: ok' }),
    send: async (channel, event) => {
      const delivery = await channels.answer(event);
      if (delivery.outcome === 'sent') channels.received.push({ channel, event });
      return delivery;
    },
  };
  return channels;
}
