import type { CommandWord } from './command-table.ts';

/**
 * What a command needs of Electron. Workers and the keychain are available only once Electron is ready, which takes longer
 * than most commands.
 *
 * - `nothing`: the command ends before Electron has started, and gets no keychain.
 * - `electron`: it may run a task in this process if no primary is running, or it stores a secret.
 * - `fleet`: it may change a shared task, or ask the fleet, whose address only the keychain can decrypt. Electron is needed
 *   only on a member of a fleet.
 * - `secrets`: it may also connect to an MCP server, or send an alert. Electron is needed only where secrets or sign-ins are
 *   stored, or on a member of a fleet.
 */
export type Need = 'nothing' | 'electron' | 'fleet' | 'secrets';

/**
 * The need of each command, by the first word of its name; `secrets-or-test-run` is `electron` with `--test-run`. main/start/start-mode.ts reads it before anything else is
 * loaded, so this file must import nothing at run time.
 */
export const commandNeeds: Readonly<Record<CommandWord | '_remote', Need | 'secrets-or-test-run'>> = {
  create: 'secrets-or-test-run',
  'quick-add': 'secrets',
  recipes: 'secrets',
  list: 'nothing',
  get: 'nothing',
  update: 'secrets-or-test-run',
  pause: 'fleet',
  resume: 'fleet',
  delete: 'fleet',
  'forget-seen': 'fleet',
  'skip-next': 'fleet',
  'pause-all': 'fleet',
  'resume-all': 'fleet',
  trigger: 'electron',
  backfill: 'electron',
  cancel: 'electron',
  groups: 'nothing',
  runs: 'nothing',
  log: 'nothing',
  why: 'fleet',
  insights: 'nothing',
  metrics: 'fleet',
  history: 'nothing',
  undo: 'fleet',
  backups: 'nothing',
  restore: 'fleet',
  migrate: 'nothing',
  parse: 'nothing',
  next: 'nothing',
  lint: 'nothing',
  os: 'nothing',
  environment: 'nothing',
  servers: 'electron',
  secrets: 'electron',
  settings: 'nothing',
  calendars: 'nothing',
  doctor: 'secrets',
  cleanup: 'nothing',
  export: 'nothing',
  import: 'secrets',
  tools: 'secrets',
  run: 'electron',
  serve: 'electron',
  web: 'nothing',
  proposals: 'nothing',
  approve: 'electron',
  reject: 'fleet',
  agents: 'fleet',
  alerts: 'secrets',
  machines: 'nothing',
  fleet: 'electron',
  share: 'electron',
  unshare: 'electron',
  mcp: 'electron',
  bridge: 'electron',
  upgrade: 'nothing',
  uninstall: 'fleet',
  completion: 'nothing',
  _complete: 'nothing',
  '_timing-run': 'electron',
  '_task-start': 'electron',
  '_task-execute': 'electron',
  // Which command it runs is known only when it has read its input.
  _remote: 'electron',
};
