import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ProgramPerson } from '../../adapters/os-scheduler/agent-schedules/schedule-program.ts';
import type { ReadingContext } from '../../adapters/os-scheduler/reading/reading.ts';
import type { AgentSchedules } from '../../ports/agent-schedules.ts';
import type { OtherSchedulers } from '../../ports/other-schedulers.ts';

/** Whose agents are looked at. */
export async function agentsOf(homeDir: string): Promise<ProgramPerson> {
  const { rowsOf } = await import('../../adapters/storage/other-database.ts');
  return { platform: process.platform, homeDir, env: process.env, rows: rowsOf };
}

/** Returns the schedules of AI agents on this machine, which can be switched off. */
export async function agentSchedules(dataDir: string): Promise<AgentSchedules> {
  const { createAgentSchedules } = await import('../../adapters/os-scheduler/agent-schedules/schedule-switches.ts');
  return createAgentSchedules({
    person: await agentsOf(homedir()),
    backupDir: join(dataDir, 'agent-schedule-backups'),
  });
}

/** Returns what other schedulers of this machine would run. */
export async function otherSchedulers(context: () => ReadingContext): Promise<OtherSchedulers> {
  const [{ createOtherSchedulers }, { createCommandRunner }, { installedTexts }, { cronDaemonRuns }] =
    await Promise.all([
      import('../../adapters/os-scheduler/others/other-schedulers.ts'),
      import('../../adapters/os-scheduler/run-program.ts'),
      import('../../adapters/os-scheduler/importing/installed-texts.ts'),
      import('../../adapters/os-scheduler/cron/cron-daemon.ts'),
    ]);
  const run = createCommandRunner();
  const person = { uid: process.getuid?.() ?? null, runtimeDir: process.env['XDG_RUNTIME_DIR'] ?? null };
  const { platform } = process;
  return createOtherSchedulers({
    ...{ platform, run, context, ...person, agentsOf: await agentsOf(context().homeDir) },
    ...installedTexts(run),
    daemonRuns: cronDaemonRuns,
  });
}
