import type { ControlChannel } from '../../ports/control.ts';
import { controlPath } from './control-path.ts';

/** The control socket of a data directory. @param dataDir absolute */
export function controlChannel(dataDir: string): ControlChannel {
  return {
    connect: async () => (await import('./client.ts')).connectControl(controlPath(dataDir)),
    listen: async (handlers) => (await import('./server.ts')).listenControl(controlPath(dataDir), handlers),
  };
}
