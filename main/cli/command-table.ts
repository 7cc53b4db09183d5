import type { Command } from './command.ts';

/**
 * Every command, in the order of `--help`. A command's module is loaded only when the command is used, which keeps
 * startup fast. To add one, see "A command" in docs/architecture.md: the compiler asks for its row in command-needs.ts, and
 * tests for the rest.
 */
const loaders = {
  create: async () => (await import('./commands/create.ts')).createCommand,
  'quick-add': async () => (await import('./commands/quick-add.ts')).quickAddCommand,
  'recipes list': async () => (await import('./commands/recipes/list.ts')).recipesListCommand,
  'recipes create': async () => (await import('./commands/recipes/create.ts')).recipesCreateCommand,
  list: async () => (await import('./commands/list.ts')).listCommand,
  get: async () => (await import('./commands/get.ts')).getCommand,
  update: async () => (await import('./commands/update.ts')).updateCommand,
  pause: async () => (await import('./commands/pause.ts')).pauseCommand,
  resume: async () => (await import('./commands/resume.ts')).resumeCommand,
  delete: async () => (await import('./commands/delete.ts')).deleteCommand,
  'forget-seen': async () => (await import('./commands/forget-seen.ts')).forgetSeenCommand,
  'skip-next': async () => (await import('./commands/skip-next.ts')).skipNextCommand,
  'pause-all': async () => (await import('./commands/pause-all.ts')).pauseAllCommand,
  'resume-all': async () => (await import('./commands/resume-all.ts')).resumeAllCommand,
  trigger: async () => (await import('./commands/trigger.ts')).triggerCommand,
  backfill: async () => (await import('./commands/backfill.ts')).backfillCommand,
  cancel: async () => (await import('./commands/cancel.ts')).cancelCommand,
  groups: async () => (await import('./commands/groups.ts')).groupsCommand,
  runs: async () => (await import('./commands/runs.ts')).runsCommand,
  log: async () => (await import('./commands/log.ts')).logCommand,
  why: async () => (await import('./commands/why.ts')).whyCommand,
  insights: async () => (await import('./commands/insights.ts')).insightsCommand,
  metrics: async () => (await import('./commands/metrics.ts')).metricsCommand,
  history: async () => (await import('./commands/history.ts')).historyCommand,
  undo: async () => (await import('./commands/undo.ts')).undoCommand,
  backups: async () => (await import('./commands/backups.ts')).backupsCommand,
  restore: async () => (await import('./commands/restore.ts')).restoreCommand,
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand,
  parse: async () => (await import('./commands/parse.ts')).parseCommand,
  next: async () => (await import('./commands/next.ts')).nextCommand,
  lint: async () => (await import('./commands/lint.ts')).lintCommand,
  'os list': async () => (await import('./commands/os/list.ts')).osListCommand,
  'os sync': async () => (await import('./commands/os/sync.ts')).osSyncCommand,
  'os remove': async () => (await import('./commands/os/remove.ts')).osRemoveCommand,
  'os preview': async () => (await import('./commands/os/preview.ts')).osPreviewCommand,
  'os others': async () => (await import('./commands/os/others.ts')).osOthersCommand,
  'environment show': async () => (await import('./commands/environment/show.ts')).environmentShowCommand,
  'environment compare': async () => (await import('./commands/environment/compare.ts')).environmentCompareCommand,
  'environment refresh': async () => (await import('./commands/environment/refresh.ts')).environmentRefreshCommand,
  'servers list': async () => (await import('./commands/servers/list.ts')).serversListCommand,
  'servers kept': async () => (await import('./commands/servers/kept.ts')).serversKeptCommand,
  'servers end': async () => (await import('./commands/servers/end.ts')).serversEndCommand,
  'servers sign-in': async () => (await import('./commands/servers/sign-in.ts')).serversSignInCommand,
  'servers sign-out': async () => (await import('./commands/servers/sign-out.ts')).serversSignOutCommand,
  'secrets list': async () => (await import('./commands/secrets/list.ts')).secretsListCommand,
  'secrets set': async () => (await import('./commands/secrets/set.ts')).secretsSetCommand,
  'secrets remove': async () => (await import('./commands/secrets/remove.ts')).secretsRemoveCommand,
  'settings list': async () => (await import('./commands/settings/list.ts')).settingsListCommand,
  'settings set': async () => (await import('./commands/settings/set.ts')).settingsSetCommand,
  'calendars list': async () => (await import('./commands/calendars/list.ts')).calendarsListCommand,
  'calendars show': async () => (await import('./commands/calendars/show.ts')).calendarsShowCommand,
  'calendars add': async () => (await import('./commands/calendars/add.ts')).calendarsAddCommand,
  'calendars remove': async () => (await import('./commands/calendars/remove.ts')).calendarsRemoveCommand,
  'calendars refresh': async () => (await import('./commands/calendars/refresh.ts')).calendarsRefreshCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  cleanup: async () => (await import('./commands/cleanup.ts')).cleanupCommand,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  import: async () => (await import('./commands/import.ts')).importCommand,
  tools: async () => (await import('./commands/tools.ts')).toolsCommand,
  run: async () => (await import('./commands/run.ts')).runCommand,
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  'web tokens': async () => (await import('./commands/web/tokens.ts')).webTokensCommand,
  'web create-token': async () => (await import('./commands/web/create-token.ts')).webCreateTokenCommand,
  'web revoke-token': async () => (await import('./commands/web/revoke-token.ts')).webRevokeTokenCommand,
  proposals: async () => (await import('./commands/proposals.ts')).proposalsCommand,
  approve: async () => (await import('./commands/approve.ts')).approveCommand,
  reject: async () => (await import('./commands/reject.ts')).rejectCommand,
  'agents list': async () => (await import('./commands/agents/list.ts')).agentsListCommand,
  'agents set': async () => (await import('./commands/agents/set.ts')).agentsSetCommand,
  'agents undo': async () => (await import('./commands/agents/undo.ts')).agentsUndoCommand,
  'agents revoke': async () => (await import('./commands/agents/revoke.ts')).agentsRevokeCommand,
  'alerts list': async () => (await import('./commands/alerts/list.ts')).alertsListCommand,
  'alerts add': async () => (await import('./commands/alerts/add.ts')).alertsAddCommand,
  'alerts edit': async () => (await import('./commands/alerts/edit.ts')).alertsEditCommand,
  'alerts remove': async () => (await import('./commands/alerts/remove.ts')).alertsRemoveCommand,
  'alerts add-rule': async () => (await import('./commands/alerts/add-rule.ts')).alertsAddRuleCommand,
  'alerts remove-rule': async () => (await import('./commands/alerts/remove-rule.ts')).alertsRemoveRuleCommand,
  'alerts task': async () => (await import('./commands/alerts/task.ts')).alertsTaskCommand,
  'alerts heartbeat': async () => (await import('./commands/alerts/heartbeat.ts')).alertsHeartbeatCommand,
  'alerts digest': async () => (await import('./commands/alerts/digest.ts')).alertsDigestCommand,
  'alerts test': async () => (await import('./commands/alerts/test.ts')).alertsTestCommand,
  'alerts sent': async () => (await import('./commands/alerts/sent.ts')).alertsSentCommand,
  'alerts retry': async () => (await import('./commands/alerts/retry.ts')).alertsRetryCommand,
  'machines list': async () => (await import('./commands/machines/list.ts')).machinesListCommand,
  'machines add': async () => (await import('./commands/machines/add.ts')).machinesAddCommand,
  'machines remove': async () => (await import('./commands/machines/remove.ts')).machinesRemoveCommand,
  'machines test': async () => (await import('./commands/machines/test.ts')).machinesTestCommand,
  'fleet init': async () => (await import('./commands/fleet/init.ts')).fleetInitCommand,
  'fleet join': async () => (await import('./commands/fleet/join.ts')).fleetJoinCommand,
  'fleet status': async () => (await import('./commands/fleet/status.ts')).fleetStatusCommand,
  'fleet members': async () => (await import('./commands/fleet/members.ts')).fleetMembersCommand,
  'fleet runs': async () => (await import('./commands/fleet/runs.ts')).fleetRunsCommand,
  'fleet log': async () => (await import('./commands/fleet/log.ts')).fleetLogCommand,
  'fleet accept': async () => (await import('./commands/fleet/accept.ts')).fleetAcceptCommand,
  'fleet drain': async () => (await import('./commands/fleet/drain.ts')).fleetDrainCommand,
  'fleet remove': async () => (await import('./commands/fleet/remove.ts')).fleetRemoveCommand,
  'fleet leave': async () => (await import('./commands/fleet/leave.ts')).fleetLeaveCommand,
  share: async () => (await import('./commands/fleet/share.ts')).shareCommand,
  unshare: async () => (await import('./commands/fleet/unshare.ts')).unshareCommand,
  mcp: async () => (await import('./commands/mcp.ts')).mcpCommand,
  bridge: async () => (await import('./commands/bridge.ts')).bridgeCommand,
  upgrade: async () => (await import('./commands/upgrade.ts')).upgradeCommand,
  uninstall: async () => (await import('./commands/uninstall.ts')).uninstallCommand,
  completion: async () => (await import('./commands/completion.ts')).completionCommand,
} satisfies Record<string, () => Promise<Command>>;

/** Other names of commands, which work the same. Help, completion and the manual list them with their command. */
const aliases: Readonly<Record<string, keyof typeof loaders>> = {
  timings: 'groups',
  executions: 'runs',
  'clients list': 'agents list',
  'clients set': 'agents set',
  'clients undo': 'agents undo',
  'clients revoke': 'agents revoke',
};

/** Internal commands, called by OS entries and by the program itself. Not listed in help. */
const hiddenLoaders = {
  _complete: async () => (await import('./commands/complete.ts')).completeCommand,
  '_timing-run': async () => (await import('./commands/timing-run.ts')).timingRunCommand,
  '_task-start': async () => (await import('./commands/task-start.ts')).taskStartCommand,
  '_task-execute': async () => (await import('./commands/task-execute.ts')).taskExecuteCommand,
} satisfies Record<string, () => Promise<Command>>;

type FirstWord<N extends string> = N extends `${infer Word} ${string}` ? Word : N;
/** The first word of every command, of hidden ones too. Each has a row in command-needs.ts. */
export type CommandWord = FirstWord<keyof typeof loaders | keyof typeof hiddenLoaders>;

export const commandNames: readonly string[] = Object.keys(loaders);

/** Every name that can be typed, aliases included. */
export const typedNames: readonly string[] = [...commandNames, ...Object.keys(aliases)];

/** First words that are not commands by themselves: `os`. */
export const commandGroups: readonly string[] = [
  ...new Set(typedNames.filter((name) => name.includes(' ')).map((name) => name.split(' ')[0] ?? '')),
];

/** Returns the command with this name or alias; null for a name that is not in the table. */
export async function loadCommand(name: string): Promise<Command | null> {
  const all: Readonly<Record<string, () => Promise<Command>>> = { ...loaders, ...hiddenLoaders };
  const own = Object.hasOwn(aliases, name) ? (aliases[name] ?? name) : name;
  const command = Object.hasOwn(all, own) ? await all[own]?.() : undefined;
  return command === undefined ? null : withAliases(command);
}

/** Returns all commands that help lists. */
export async function loadAllCommands(): Promise<Command[]> {
  return Promise.all(Object.values(loaders).map(async (load) => withAliases(await load())));
}

function withAliases(command: Command): Command {
  const own = Object.keys(aliases).filter((alias) => aliases[alias] === command.name);
  return own.length === 0 ? command : { ...command, aliases: own };
}
