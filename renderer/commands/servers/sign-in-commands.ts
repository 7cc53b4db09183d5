import type { SignInsAnswer } from '../../../main/contract/sign-in.ts';
import type { Call } from '../../bridge/client.ts';
import { showToast } from '../../stores/toast-store.ts';
import type { Stores } from '../../stores/stores.ts';
import { text } from '../../text/en.ts';
import { attempt } from '../attempt.ts';

export function createSignInCommands(call: Call, { signIns, toasts }: Stores) {
  const show = (answer: SignInsAnswer) => signIns.setState({ list: answer.signIns });
  return {
    load: () => attempt(toasts, async () => show(await call('servers.signIns', {}))),
    /** Begins a sign-in. Returns the page to open; null if that was refused, which a toast shows. */
    signIn: (name: string) =>
      attempt(toasts, async () => {
        const answer = await call('servers.signIn', { name });
        show(answer);
        return answer.page;
      }),
    complete: (name: string, address: string) =>
      attempt(toasts, async () => show(await call('servers.completeSignIn', { name, address }))),
    cancel: (name: string) => attempt(toasts, async () => show(await call('servers.cancelSignIn', { name }))),
    signOut: (name: string) =>
      attempt(toasts, async () => {
        const answer = await call('servers.signOut', { name });
        show(answer);
        showToast(toasts, { tone: 'info', message: text.signIn.signedOut(name, answer.note) });
      }),
  };
}
