import { eventChannel } from '../../../main/contract/ipc-channels.ts';
import { bindIpc } from '../../../main/ipc/electron-binding.ts';
import { ipcHandlers } from '../../../main/ipc/handlers.ts';
import type { Host } from '../../../main/ipc/host.ts';
import { readBridge } from '../../bridge/read-bridge.ts';
import { sendChanges, type Binding } from './bound-window.ts';
import { exposedBridge, sendToPage } from './electron-module.ts';

/** The real preload and binding over Electron's channels. The test replaces the module `electron` by `electron-module.ts`. */
export const overElectron: Binding = {
  name: "Electron's IPC",
  open: async (place) => {
    await import('../../../preload/index.ts');
    const send: Host['send'] = (name, payload) => sendToPage(eventChannel(name), JSON.stringify(payload));
    const host = { ...place.host, send };
    const handlers = Promise.resolve(ipcHandlers(place.application, host));
    const unbind = bindIpc({ handlers, isTrusted: () => true, report: () => undefined });
    const stop = await sendChanges(place.application, host);
    return {
      bridge: readBridge(exposedBridge()),
      close: async () => {
        stop();
        unbind();
      },
    };
  },
};
