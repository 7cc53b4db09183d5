import type { CommandWord } from './command-table.ts';

/**
 * What a command needs of Electron. Workers and the keychain are available only once Electron is ready, which takes longer
 * than most commands.
 *
 * - `nothing`: the command ends before Electron has started.
 * - `electron`: it may run a task in this process if no primary is running, or it uses the keychain.
 * - `fleet`: it may change a shared task, or ask the fleet, whose address only the keychain can decrypt. Electron is needed
 *   only on a member of a fleet.
 * - `fleet-or-test-run`: as `fleet`, and as `electron` with `--test-run`.
 */
export type CommandNeed = 'nothing' | 'electron' | 'fleet' | 'fleet-or-test-run';

/**
 * The need of each command, by the first word of its name. main/start/start-mode.ts reads it before anything else is
 * loaded, so this file must import nothing at run time.
 */
export const commandNeeds: Readonly<Record<CommandWord | '_remote', CommandNeed>> = {
  create: 'fleet-or-test-run',
  'quick-add': 'fleet',
  recipes: 'fleet',
  list: 'nothing',
  get: 'nothing',
  update: 'fleet-or-test-run',
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
  servers: 'nothing',
  secrets: 'electron',
  settings: 'nothing',
  calendars: 'nothing',
  doctor: 'fleet',
  cleanup: 'nothing',
  export: 'nothing',
  import: 'fleet',
  tools: 'nothing',
  run: 'electron',
  serve: 'electron',
  web: 'nothing',
  proposals: 'nothing',
  approve: 'electron',
  reject: 'fleet',
  agents: 'nothing',
  alerts: 'nothing',
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
