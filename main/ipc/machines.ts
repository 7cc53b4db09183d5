import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';
import { missingCapability, type Host } from './host.ts';

/** Handles calls about other machines, where the program around the window can reach them. */
export function machineHandlers(
  application: Application,
  { desktopState }: Pick<Host, 'desktopState'>,
): HandlersOf<'machines'> {
  const machines = () => {
    if (desktopState().capabilities.includes('machines')) return application.machines();
    throw missingCapability('machines', 'Other machines are shown by the app on your own machine only.');
  };
  return {
    'machines.list': async () => {
      const all = await machines();
      return { machines: all.list(), suggestions: all.suggestions() };
    },
    'machines.connect': async ({ machine }) => {
      (await machines()).connect(machine);
      return {};
    },
    'machines.test': async ({ machine }) => (await machines()).test(machine),
    'machines.show': async ({ machine }) => {
      (await machines()).show(machine);
      return {};
    },
    'machines.call': async ({ machine, call, input }) => (await machines()).call(machine, call, input),
  };
}

/** Sends the window what happens on other machines. Returns the function that stops it. */
export async function sendMachineEvents(application: Application, { send }: Pick<Host, 'send'>): Promise<() => void> {
  return (await application.machines()).follow({
    changed: (machines) => send('machines.changed', { machines }),
    event: (machine, event, payload) => send('machines.event', { machine, event, payload }),
  });
}
