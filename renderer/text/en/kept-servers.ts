import { formatDuration } from '../../../main/contract/durations.ts';
import type { KeptServerFacts } from '../../../main/contract/kept-servers.ts';
import { formatBytes } from '../../../main/contract/sizes.ts';

/** Texts about MCP servers that are kept for several runs. */
export const keptServers = {
  group: 'Kept between runs',
  facts: ({ pid, runs, inFlight, memoryBytes, endsAt }: KeptServerFacts, nowMs: number) =>
    [
      pid === null ? 'Starting' : `Kept: process ${pid}`,
      ...(memoryBytes === null ? [] : [formatBytes(memoryBytes)]),
      `used by ${runs} ${runs === 1 ? 'run' : 'runs'}`,
      endsAt === null
        ? `${inFlight} in progress`
        : `ends in ${formatDuration(Math.max(0, Date.parse(endsAt) - nowMs))}`,
    ].join(' · '),
  endNow: 'End now',
  ended: (name: string) => `Ended “${name}”. The next run that needs it starts it again.`,
};
