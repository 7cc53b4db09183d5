import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';
import type { Host } from './host.ts';

/** Changes where alerts go, tries channels, and lists what was sent. */
export function alertHandlers(application: Application, { author }: Pick<Host, 'author'>): HandlersOf<'alerts'> {
  return {
    'alerts.list': async () => (await application.alerts()).list(),
    'alerts.setChannel': async ({ name, channel }) => (await application.alerts()).setChannel(name, channel, author),
    'alerts.removeChannel': async ({ name }) => (await application.alerts()).removeChannel(name, author),
    'alerts.configure': async (change) => (await application.alerts()).configure(change, author),
    'alerts.test': async (which) => (await application.alerts()).test(which),
    'alerts.sent': async (filter) => (await application.alerts()).sent(filter),
    'alerts.retry': async (which) => ({ retried: await (await application.alerts()).retry(which) }),
  };
}
