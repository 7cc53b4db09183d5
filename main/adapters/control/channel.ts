import type { ControlChannel } from '../../ports/control.ts';
import { controlPath } from './control-path.ts';

/**
 * The control socket of a data directory.
 * @param dataDir absolute
 * @param warn called if something that this app cannot trust is in the socket's place
 */
export function controlChannel(dataDir: string, warn: (message: string) => void): ControlChannel {
  return {
    connect: async () => (await import('./client.ts')).connectControl(controlPath(dataDir), { warn }),
    listen: async (handlers) => (await import('./server.ts')).listenControl(controlPath(dataDir), handlers),
  };
}
