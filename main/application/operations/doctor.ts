import { executionFilterSchema } from '../../contract/execution.ts';
import { diagnosticsReport } from '../../services/desktop/diagnostics-report.ts';
import { Doctor } from '../../services/doctor/doctor.ts';
import { ProgramMemory } from '../../services/runs/program-memory.ts';
import type { Application } from '../application.ts';
import type { DoctorOperations } from '../operations.ts';
import type { Core } from '../core.ts';
import { TaskEnvironments } from '../login-variables.ts';
import type { Outside } from '../outside.ts';

/** Maximum number of failed runs in a diagnostics report. */
const failuresReported = 20;

/** Returns the operations that check everything a run needs and that write the report for support. */
export function doctorOperations(
  outside: Outside,
  { sync, tasks, choose, attention, calendarDays, fleet }: Core,
  keptServers: Application['keptServers'],
): DoctorOperations {
  const { store, ledger, settings, clock, entryContext, machine, timezone, dataDir } = outside;
  const environments = new TaskEnvironments(outside);
  const doctor = new Doctor({
    ...{ store, ledger, settings, clock, sync, choose, attention, calendarDays, context: entryContext },
    programs: new ProgramMemory(outside),
    fleet: {
      inFleet: () => outside.inFleet(),
      state: async () => (await fleet.parts()).membership.state(),
      members: async () => (await fleet.parts()).membership.members(),
      clockOffsetMs: async () => (await fleet.parts()).connection.clockOffsetMs(),
    },
    findProgram: outside.findProgram,
    traces: outside.traces,
    installation: () => outside.installation(),
    service: () => outside.service(),
    keptServers: async () => (await (await keptServers()).list()).kept,
    containment: async () => (await outside.processTree()).containment,
    compareEnvironment: () => environments.compare(),
    variables: async () => (await (await outside.loginShell()).captured()).env,
  });
  return {
    diagnose: () => doctor.diagnose(),
    fix: () => doctor.fix(),
    report: async () => {
      const { executions } = ledger.list(executionFilterSchema.parse({ status: 'failure', limit: failuresReported }));
      return diagnosticsReport({
        at: clock.nowIso(),
        homeDir: machine.homeDir,
        app: {
          version: machine.version,
          ...machine.runtime,
          'time zone': timezone(),
          'OS scheduler': await sync.kind(),
          'data directory': dataDir,
        },
        settings: { ...settings.read(), mcpServers: settings.mcpServers() },
        tasks: tasks.list(),
        groups: (await tasks.timings()).length,
        checks: await doctor.diagnose(),
        failures: executions,
      });
    },
  };
}
