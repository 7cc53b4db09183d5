import { checks } from './en/checks.ts';
import { common, log, pause, shell } from './en/window.ts';
import { quickAdd } from './en/quick-add.ts';
import { desktop, notifications, tray } from './en/desktop.ts';
import { insights } from './en/insights.ts';
import { activity } from './en/activity.ts';
import { attention } from './en/attention.ts';
import { budgets } from './en/budgets.ts';
import { probes } from './en/probes.ts';
import { alerts } from './en/alerts.ts';
import { agents } from './en/agents.ts';
import { chains, doubts } from './en/doubts.ts';
import { workers } from './en/workers.ts';
import { connectAgent } from './en/connect-agent.ts';
import { editor } from './en/editor.ts';
import { entries } from './en/entries.ts';
import { fleet } from './en/fleet.ts';
import { folders } from './en/folders.ts';
import { executions } from './en/executions.ts';
import { backfill, groups, osEntry, tasks } from './en/tasks.ts';
import { scheduleBuilder } from './en/schedule-builder.ts';
import { pausing } from './en/pausing.ts';
import { groupPage } from './en/group-page.ts';
import { calendars } from './en/calendars.ts';
import { machines } from './en/machines.ts';
import { markdown } from './en/markdown.ts';
import { secrets } from './en/secrets.ts';
import { keptServers } from './en/kept-servers.ts';
import { signIn } from './en/sign-in.ts';
import { shellCommand } from './en/shell-command.ts';
import { success } from './en/success.ts';
import { saveAndRun, sections } from './en/task-dialog.ts';
import { taskPage } from './en/task-page.ts';
import { tour } from './en/tour.ts';
import { transfer } from './en/transfer.ts';
import { agentForm } from './en/agent-form.ts';
import { curlPaste, httpForm, shellForm } from './en/http-form.ts';
import { times } from './en/times.ts';
import { testRun } from './en/test-run.ts';
import { backups, history, legacy } from './en/history.ts';
import { shortcuts } from './en/shortcuts.ts';
import { bulk, peek, tags, taskList } from './en/task-list.ts';
import { logs } from './en/logs.ts';
import { missed } from './en/missed.ts';
import { movingIn } from './en/moving-in.ts';
import { others } from './en/others.ts';
import { palette } from './en/palette.ts';
import { published } from './en/published.ts';
import { recipes } from './en/recipes.ts';
import { uninstall } from './en/uninstall.ts';
import { web } from './en/web.ts';
import { whatsNew } from './en/whats-new.ts';
import { overview } from './en/overview.ts';
import { settings } from './en/settings.ts';
import { timeline } from './en/timeline.ts';

/**
 * Every text of the window, in English. A translation is another object of this type. Texts with a number or a name are
 * functions, so that each language can order and inflect them.
 */
export const text = {
  common,
  uninstall,
  whatsNew,
  shell,
  pause,
  tasks,
  groups,
  osEntry,
  executions,
  log,
  logs,
  missed,
  fleet,
  folders,
  calendars,
  machines,
  movingIn,
  others,
  editor,
  quickAdd,
  overview,
  palette,
  published,
  recipes,
  settings,
  notifications,
  tray,
  desktop,
  timeline,
  activity,
  insights,
  pausing,
  entries,
  history,
  backups,
  legacy,
  testRun,
  shellCommand,
  tour,
  transfer,
  scheduleBuilder,
  checks,
  secrets,
  keptServers,
  signIn,
  alerts,
  agents,
  connectAgent,
  attention,
  budgets,
  probes,
  backfill,
  success,
  doubts,
  workers,
  chains,
  taskPage,
  taskList,
  bulk,
  peek,
  tags,
  shortcuts,
  times,
  groupPage,
  markdown,
  agentForm,
  httpForm,
  shellForm,
  curlPaste,
  saveAndRun,
  sections,
  web,
} as const;
