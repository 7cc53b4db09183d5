import { messageOf } from '../../domain/errors.ts';
import type { AlertChannels, Delivery } from '../../ports/alert-channels.ts';
import type { Network } from './http-delivery.ts';

export interface AlertChannelsOptions {
  /** Returns the network as an environment describes it. @throws SchedulerError for a wrong description */
  readonly network: (variables: Readonly<Record<string, string | undefined>>) => Network;
  /**
   * Returns the certificates of authorities to trust; null if those of Node are enough.
   * @throws SchedulerError `execution/bad-ca-file` if the file of a channel cannot be used
   */
  readonly trusted: (
    variables: Readonly<Record<string, string | undefined>>,
    caFile: string | undefined,
  ) => readonly string[] | null;
  readonly now: () => number;
}

/** Returns the real channels. The code of each kind is loaded when it is used. */
export function createAlertChannels({ network, trusted, now }: AlertChannelsOptions): AlertChannels {
  const send: AlertChannels['send'] = async (channel, event, variables) => {
    switch (channel.kind) {
      case 'webhook': {
        const { sendWebhook } = await import('./webhook.ts');
        return within(network(variables), (open) => sendWebhook(channel, event, { network: open, nowMs: now() }));
      }
      case 'healthchecks': {
        const { sendPing } = await import('./healthchecks.ts');
        return within(network(variables), (open) => sendPing(channel, event, open));
      }
      case 'email':
        return (await import('./email.ts')).sendEmail(channel, event, trusted(variables, channel.caFile));
      case 'command':
        return (await import('./command.ts')).runCommand(channel, event, variables);
    }
  };
  return {
    send: async (channel, event, variables) => {
      try {
        return await send(channel, event, variables);
      } catch (problem) {
        return { outcome: 'failed', answer: messageOf(problem), mayHaveArrived: false };
      }
    },
  };
}

async function within(network: Network, use: (network: Network) => Promise<Delivery>): Promise<Delivery> {
  try {
    return await use(network);
  } finally {
    await network.close();
  }
}
