import type { Application } from '../application/application.ts';
import { agentHandlers } from './agents.ts';
import { alertHandlers } from './alerts.ts';
import { appHandlers } from './app.ts';
import { backupHandlers } from './backups.ts';
import { calendarHandlers } from './calendars.ts';
import { commandHandlers } from './command.ts';
import { doctorHandlers } from './doctor.ts';
import { entryHandlers } from './entries.ts';
import { environmentHandlers } from './environment.ts';
import { executionHandlers } from './executions.ts';
import { fleetHandlers } from './fleet.ts';
import { historyHandlers } from './history.ts';
import { legacyHandlers } from './legacy.ts';
import { logHandlers } from './logs.ts';
import { machineHandlers } from './machines.ts';
import { proposalHandlers } from './proposals.ts';
import { reportHandlers } from './reports.ts';
import { scheduleHandlers } from './schedule.ts';
import { secretHandlers } from './secrets.ts';
import { serverHandlers } from './servers.ts';
import { settingsHandlers } from './settings.ts';
import { taskHandlers } from './tasks.ts';
import { toolHandlers } from './tools.ts';
import { transferHandlers } from './transfer.ts';
import type { IpcCall, IpcOutput, IpcParsedInput } from '../contract/ipc.ts';
import type { Host } from './host.ts';

/** One handler per call of the contract. A call without a handler does not compile. */
export type IpcHandlers = {
  readonly [C in IpcCall]: (input: IpcParsedInput<C>) => IpcOutput<C> | Promise<IpcOutput<C>>;
};

/** The handlers of the calls `<prefix>.…`, which are in the file with that name. */
export type HandlersOf<Prefix extends string> = Pick<IpcHandlers, Extract<IpcCall, `${Prefix}.${string}`>>;

/** Returns the handlers of all calls of the window. */
export function ipcHandlers(application: Application, host: Host): IpcHandlers {
  return {
    ...agentHandlers(application, host),
    ...alertHandlers(application, host),
    ...appHandlers(application, host),
    ...backupHandlers(application, host),
    ...calendarHandlers(application, host),
    ...commandHandlers(application),
    ...doctorHandlers(application),
    ...entryHandlers(application),
    ...environmentHandlers(application),
    ...executionHandlers(application),
    ...fleetHandlers(application, host),
    ...historyHandlers(application, host),
    ...legacyHandlers(application),
    ...logHandlers(application, host),
    ...machineHandlers(application, host),
    ...proposalHandlers(application, host),
    ...reportHandlers(application),
    ...scheduleHandlers(application),
    ...secretHandlers(application),
    ...serverHandlers(application),
    ...settingsHandlers(application, host),
    ...taskHandlers(application, host),
    ...toolHandlers(application),
    ...transferHandlers(application, host),
  };
}
