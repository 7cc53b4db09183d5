import type { Call } from '../bridge/client.ts';
import type { Stores } from '../stores/stores.ts';
import { createCalendarCommands } from './calendars/calendar-commands.ts';
import { createDoctorCommands } from './doctor-commands.ts';
import { createAlertsCommands } from './alerts/alerts-commands.ts';
import { createAgentCommands } from './agent-commands.ts';
import { createExecutionCommands } from './execution-commands.ts';
import { createFleetCommands } from './fleet/fleet-commands.ts';
import { createLogCommands } from './log-commands.ts';
import { createHistoryCommands } from './history-commands.ts';
import { createMissedCommands } from './missed/missed-commands.ts';
import { createNavigationCommands } from './navigation-commands.ts';
import { createOthersCommands } from './others/others-commands.ts';
import { createRecipeCommands } from './onboarding/recipe-commands.ts';
import { createScheduleCommands } from './schedule-commands.ts';
import { createSecretsCommands } from './secrets-commands.ts';
import { createKeptServerCommands } from './servers/kept-server-commands.ts';
import { createSignInCommands } from './servers/sign-in-commands.ts';
import { createSettingsCommands } from './settings-commands.ts';
import { createShellCommandCommands } from './shell-command-commands.ts';
import { createTaskCommands } from './task-commands.ts';
import { createBulkCommands } from './task-list/bulk-commands.ts';
import { createFiguresCommands } from './task-list/figures-commands.ts';
import { createListCommands } from './task-list/list-commands.ts';
import { createTourCommands } from './onboarding/tour-commands.ts';
import { createTransferCommands } from './transfer-commands.ts';

/** Everything a person can do, one function each. None of them rejects: a refusal is shown as a toast. */
export interface Commands {
  tasks: ReturnType<typeof createTaskCommands>;
  executions: ReturnType<typeof createExecutionCommands>;
  history: ReturnType<typeof createHistoryCommands>;
  log: ReturnType<typeof createLogCommands>;
  testLog: ReturnType<typeof createLogCommands>;
  agents: ReturnType<typeof createAgentCommands>;
  alerts: ReturnType<typeof createAlertsCommands>;
  missed: ReturnType<typeof createMissedCommands>;
  navigation: ReturnType<typeof createNavigationCommands>;
  recipes: ReturnType<typeof createRecipeCommands>;
  schedule: ReturnType<typeof createScheduleCommands>;
  settings: ReturnType<typeof createSettingsCommands>;
  shellCommand: ReturnType<typeof createShellCommandCommands>;
  tour: ReturnType<typeof createTourCommands>;
  transfer: ReturnType<typeof createTransferCommands>;
  doctor: ReturnType<typeof createDoctorCommands>;
  calendars: ReturnType<typeof createCalendarCommands>;
  fleet: ReturnType<typeof createFleetCommands>;
  secrets: ReturnType<typeof createSecretsCommands>;
  keptServers: ReturnType<typeof createKeptServerCommands>;
  signIns: ReturnType<typeof createSignInCommands>;
  bulk: ReturnType<typeof createBulkCommands>;
  figures: ReturnType<typeof createFiguresCommands>;
  list: ReturnType<typeof createListCommands>;
  others: ReturnType<typeof createOthersCommands>;
}

export function createCommands(call: Call, stores: Stores): Commands {
  const agents = createAgentCommands(call, stores);
  const navigation = createNavigationCommands(stores, agents.open);
  const history = createHistoryCommands(call, stores);
  const settings = createSettingsCommands(call, stores);
  return {
    tasks: createTaskCommands(call, stores, { navigation, history }),
    history,
    executions: createExecutionCommands(call, stores, navigation),
    log: createLogCommands(call, stores.log),
    testLog: createLogCommands(call, stores.testLog),
    agents,
    alerts: createAlertsCommands(call, stores),
    missed: createMissedCommands(call, stores),
    navigation,
    recipes: createRecipeCommands(call, stores, { navigation, history }),
    schedule: createScheduleCommands(call, stores),
    settings,
    shellCommand: createShellCommandCommands(call, stores),
    tour: createTourCommands(stores, settings.change),
    transfer: createTransferCommands(call, stores, history),
    doctor: createDoctorCommands(call, stores),
    calendars: createCalendarCommands(call, stores),
    fleet: createFleetCommands(call, stores),
    secrets: createSecretsCommands(call, stores),
    keptServers: createKeptServerCommands(call, stores),
    signIns: createSignInCommands(call, stores),
    bulk: createBulkCommands(call, stores, history),
    figures: createFiguresCommands(call, stores.figures),
    list: createListCommands(stores.preferences, stores.toasts),
    others: createOthersCommands(call, stores.others),
  };
}
