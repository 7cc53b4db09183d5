import type { AlertsAnswer, ChannelState } from '../../../../main/contract/alerts/outbox.ts';

/** A channel that could not send its last alert. `problem` has the words of the receiver. */
export type FailedChannel = ChannelState & { readonly problem: string };

/** Returns the channels that cannot send alerts now. One that is switched off has no problem that a person can solve. */
export function failedChannels(answer: AlertsAnswer | null): FailedChannel[] {
  return (answer?.states ?? []).flatMap((state) => {
    const { name, problem } = state;
    const isOff = answer?.alerts.channels[name]?.enabled === false;
    return problem === null || isOff ? [] : [{ ...state, problem }];
  });
}
