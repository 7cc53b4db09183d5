import type { Channel, ChannelOf } from '../contract/alerts/channels.ts';
import type { AlertEvent } from '../contract/alerts/event.ts';

/** What became of one attempt to send an alert. Every text is for people and contains no secret. */
export type Delivery =
  | { readonly outcome: 'sent'; readonly answer: string }
  /** Try again later. */
  | {
      readonly outcome: 'failed';
      readonly answer: string;
      /** How long the receiver asked to wait, in ms. */
      readonly askedMs?: number | undefined;
      /** The receiver may have got it: it did not answer completely. */
      readonly mayHaveArrived: boolean;
    }
  /** The receiver does not accept this alert, now or later. */
  | { readonly outcome: 'refused'; readonly answer: string };

/** A channel that any process can send to. The notifications of this desktop are the app's. */
export type RemoteChannel = Exclude<Channel, ChannelOf<'desktop'>>;

/** The receivers of alerts outside this machine. */
export interface AlertChannels {
  /**
   * Sends one alert, and waits at most 15 seconds for the answer. Never throws.
   * @param channel with the values of its secrets
   * @param variables the environment of tasks, which names proxies, certificates and programs
   */
  send(
    channel: RemoteChannel,
    event: AlertEvent,
    variables: Readonly<Record<string, string | undefined>>,
  ): Promise<Delivery>;
}
