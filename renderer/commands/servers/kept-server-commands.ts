import type { KeptServersAnswer } from '../../../main/contract/kept-servers.ts';
import type { Call } from '../../bridge/client.ts';
import { showToast } from '../../stores/toast-store.ts';
import type { Stores } from '../../stores/stores.ts';
import { text } from '../../text/en.ts';
import { attempt } from '../attempt.ts';

export function createKeptServerCommands(call: Call, { keptServers, toasts }: Stores) {
  const show = ({ kept }: KeptServersAnswer) => keptServers.setState({ list: kept });
  return {
    load: () => attempt(toasts, async () => show(await call('servers.kept', {}))),
    end: (name: string) =>
      attempt(toasts, async () => {
        show(await call('servers.endKept', { name }));
        showToast(toasts, { tone: 'info', message: text.keptServers.ended(name) });
      }),
  };
}
