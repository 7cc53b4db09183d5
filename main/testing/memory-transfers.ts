import { join } from 'node:path';
import type { FoundJobs } from '../ports/other-schedulers.ts';
import type { ReadingContext } from '../adapters/os-scheduler/reading/reading.ts';
import { readAgentSchedules } from '../adapters/os-scheduler/agent-schedules/read-schedules.ts';
import { createAgentSchedules } from '../adapters/os-scheduler/agent-schedules/schedule-switches.ts';
import { createCalendarSources } from '../adapters/calendars/calendar-sources.ts';
import { createGroupExporter } from '../adapters/os-scheduler/exporting/group-exporter.ts';
import { createImportFiles } from '../adapters/os-scheduler/importing/import-files.ts';
import { createLintFiles } from '../adapters/os-scheduler/linting/lint-files.ts';
import { createPersonCrontab } from '../adapters/os-scheduler/cron/person-crontab.ts';
import { cronJobs } from '../adapters/os-scheduler/others/cron-tables.ts';
import type { Outside } from '../application/outside.ts';
import type { Clock } from '../ports/clock.ts';

const claudeDesktop = JSON.stringify({ mcpServers: { files: { command: 'npx', args: ['files'] } } });

/** What other schedulers of the machine hold, which a test can change. */
export interface OtherJobsInMemory {
  /** The person's crontab, for import; null for none. */
  readonly crontab: { text: string | null };
  /** A real folder in which agents keep schedules as in a home folder. */
  readonly agents: { homeDir: string };
  /** What other schedulers hold beside the crontab. */
  readonly others: { found: FoundJobs };
}

type TransferPorts = Pick<
  Outside,
  | 'calendarSources'
  | 'importFiles'
  | 'lintFiles'
  | 'groupExporter'
  | 'personCrontab'
  | 'agentSchedules'
  | 'otherSchedulers'
>;

/** Returns the real importers and exporters. Claude Desktop has one server; the machine's schedulers have no tasks. */
export function memoryTransfers(clock: Clock, timezone: string): TransferPorts & OtherJobsInMemory {
  const crontab: OtherJobsInMemory['crontab'] = { text: null };
  const context = () => ({ nowMs: clock.now(), timezone, homeDir: '/home/person', username: 'person' });
  const agents: OtherJobsInMemory['agents'] = { homeDir: '/no-such-folder' };
  const person = () => ({ platform: 'linux' as const, homeDir: agents.homeDir, env: {} });
  const others: OtherJobsInMemory['others'] = { found: { jobs: [], unread: [] } };
  return {
    crontab,
    agents,
    others,
    agentSchedules: () =>
      Promise.resolve(createAgentSchedules({ person: person(), backupDir: join(agents.homeDir, 'backups') })),
    otherSchedulers: () => Promise.resolve({ find: () => findInMemory(context(), crontab, others) }),
    personCrontab: () =>
      Promise.resolve(
        createPersonCrontab({
          update: (change) =>
            new Promise((resolve) => {
              crontab.text = change(crontab.text ?? '');
              resolve();
            }),
        }),
      ),
    calendarSources: () =>
      Promise.resolve(
        createCalendarSources({
          fetch: () => Promise.reject(new Error('no network')),
          reasonOf: () => 'there is no network',
        }),
      ),
    lintFiles: () => Promise.resolve(createLintFiles(context)),
    importFiles: () =>
      Promise.resolve(
        createImportFiles({
          context,
          crontab: () => Promise.resolve(crontab.text),
          windowsTasks: () => Promise.resolve(new Map()),
          agentSchedules: () => Promise.resolve(readAgentSchedules(person(), context())),
          serverFiles: () => [{ path: '/home/person/claude.json', text: claudeDesktop }],
        }),
      ),
    groupExporter: () => Promise.resolve(createGroupExporter(() => ({ ...context(), machineTimezone: timezone }))),
  };
}

/** Reads the crontab in memory with the real reader, and adds what a test put beside it. */
async function findInMemory(
  context: ReadingContext,
  crontab: OtherJobsInMemory['crontab'],
  { found }: OtherJobsInMemory['others'],
): Promise<FoundJobs> {
  const options = { crontab: () => Promise.resolve(crontab.text), daemonRuns: () => true, root: '/no-such-folder' };
  const { jobs, unread } = await cronJobs(options, context);
  return { jobs: [...jobs, ...found.jobs], unread: [...unread, ...found.unread] };
}
