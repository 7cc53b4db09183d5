import { formatDuration } from '../../contract/durations.ts';
import { formatBytes } from '../../contract/sizes.ts';
import type { DoctorCheck } from '../../contract/cli.ts';
import type { KeptServerFacts } from '../../contract/kept-servers.ts';
import type { Clock } from '../../ports/clock.ts';

export interface KeptServerDoctorNeeds {
  readonly clock: Pick<Clock, 'now'>;
  readonly keptServers: () => Promise<readonly KeptServerFacts[]>;
}

/** Says which MCP servers run between two runs, and what they cost. Nothing is wrong with any. */
export async function checkKeptServers({ keptServers, clock }: KeptServerDoctorNeeds): Promise<DoctorCheck[]> {
  const kept = await keptServers();
  if (kept.length === 0) return [];
  const message = kept.map((server) => describe(server, clock.now())).join(' ');
  return [{ id: 'servers/kept', title: 'Kept MCP servers', status: 'ok', message, fixable: false }];
}

function describe({ server, pid, memoryBytes, runs, inFlight, endsAt }: KeptServerFacts, nowMs: number): string {
  const facts = [
    pid === null ? 'starting' : `process ${pid}`,
    ...(memoryBytes === null ? [] : [formatBytes(memoryBytes)]),
    `used by ${runs} ${runs === 1 ? 'run' : 'runs'}`,
    endsAt === null ? `${inFlight} now` : `ends in ${formatDuration(Math.max(0, Date.parse(endsAt) - nowMs))}`,
  ];
  return `${server}: ${facts.join(', ')}.`;
}
