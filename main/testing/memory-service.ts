import type { ServiceState } from '../contract/service.ts';
import type { ServiceManager } from '../ports/service-manager.ts';

/** A service manager in memory, with no service installed. Linger is on. */
export function memoryService(): ServiceManager {
  const absent: ServiceState = {
    ...{ state: 'absent', path: '/home/person/.config/systemd/user/ncp-scheduler.service' },
    ...{ running: null, atBoot: null, command: [], notes: [] },
  };
  let present = absent;
  return {
    state: () => Promise.resolve(present),
    install: ({ args }) => {
      const command = ['/opt/ncp-scheduler', 'serve', ...args];
      present = { ...absent, state: 'installed', running: true, atBoot: true, command };
      return Promise.resolve(present);
    },
    uninstall: () => Promise.resolve((present = absent)),
  };
}
