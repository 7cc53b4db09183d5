import type { Call } from '../../bridge/client.ts';
import { sentenceOf } from '../../bridge/bridge-error.ts';
import type { OthersStore } from '../../stores/others/others-store.ts';

export function createOthersCommands(call: Call, others: OthersStore) {
  const load = async (): Promise<void> => {
    if (others.getState().isLoading) return;
    others.setState({ isLoading: true });
    try {
      others.setState({ answer: await call('entries.others', {}), failure: null });
    } catch (thrown) {
      others.setState({ failure: sentenceOf(thrown) });
    } finally {
      others.setState({ isLoading: false });
    }
  };
  return {
    /** Reads what the other schedulers of this machine run. */
    load,
    /** Reads it unless it is known already. */
    loadOnce: async (): Promise<void> => {
      if (others.getState().answer === null) await load();
    },
  };
}
