import type { SecretsAnswer } from '../../main/contract/secrets.ts';
import { sentenceOf } from '../bridge/bridge-error.ts';
import type { Call } from '../bridge/client.ts';
import { showToast } from '../stores/toast-store.ts';
import type { Stores } from '../stores/stores.ts';
import { text } from '../text/en.ts';
import { attempt } from './attempt.ts';

export function createSecretsCommands(call: Call, { secrets, toasts }: Stores) {
  const show = (answer: SecretsAnswer) => secrets.setState({ answer, failure: null });
  return {
    load: async () => {
      try {
        show(await call('secrets.list', {}));
      } catch (thrown) {
        secrets.setState({ failure: sentenceOf(thrown) });
      }
    },
    /** Stores a value. Null if that was refused, which a toast shows. */
    set: (name: string, value: string) =>
      attempt(toasts, async () => {
        const answer = await call('secrets.set', { name, value });
        show(answer);
        return answer;
      }),
    remove: (name: string) =>
      attempt(toasts, async () => {
        show(await call('secrets.remove', { name }));
        showToast(toasts, { tone: 'info', message: text.secrets.removed(name) });
      }),
  };
}
