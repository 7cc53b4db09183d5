import { createCalendarSources } from '../../adapters/calendars/calendar-sources.ts';
import type { CalendarSources } from '../../ports/calendars.ts';
import { networkReason } from '../../worker/runners/network/network-reason.ts';
import { Network } from '../../worker/runners/network/network.ts';

/** Returns the sources of calendars. Requests go through the proxies that the environment names, as those of tasks do. */
export function openCalendarSources(env: NodeJS.ProcessEnv, onRemark: (sentence: string) => void): CalendarSources {
  const network = new Network({ env, onRemark });
  const trust = 'let NODE_EXTRA_CA_CERTS name a file with it';
  return createCalendarSources({
    fetch: network.fetch,
    reasonOf: (error, url) => networkReason(error, { url, proxy: network.proxy, trust }),
  });
}
