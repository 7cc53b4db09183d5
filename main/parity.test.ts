import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Application } from './application/application.ts';
import type {
  AgentOperations,
  DoctorOperations,
  HistoryOperations,
  TaskOperations,
  TransferOperations,
} from './application/operations.ts';
import { commandNames, loadAllCommands } from './cli/command-table.ts';
import { ipcCalls } from './contract/ipc.ts';
import { ownTools } from './mcp-server/tool-table.ts';
import { isTestCode } from './testing/dependency-rule.ts';
import { sourceFiles } from './testing/import-graph.ts';

type Operations<K extends keyof Application> = Application[K] extends () => Promise<infer T> ? keyof T & string : never;
type Named<P extends string, K extends string> = `${P}.${K}`;
/** Every operation that a person or an agent can want. A new one does not compile until this table says who offers it. */
type Operation =
  | Named<'tasks', keyof TaskOperations>
  | Named<'runs', Operations<'runs'>>
  | Named<'bulkChanges', Operations<'bulkChanges'>>
  | Named<'reports', Operations<'reports'>>
  | Named<'slots', Operations<'slots'>>
  | Named<'backfills', Operations<'backfills'>>
  | Named<'history', keyof HistoryOperations>
  | Named<'backups', Operations<'backups'>>
  | Named<'entries', Operations<'entries'>>
  | Named<'doctor', keyof DoctorOperations>
  | Named<'retention', Operations<'retention'>>
  | Named<'metrics', Operations<'metrics'>>
  | Named<'slotCalendar', Operations<'slotCalendar'>>
  | Named<'lint', Operations<'lint'>>
  | Named<'otherJobs', Operations<'otherJobs'>>
  | Named<'transfer', keyof TransferOperations>
  | Named<'alerts', Exclude<Operations<'alerts'>, 'outbox'>>
  | Named<'secrets', Operations<'secrets'>>
  | Named<'signIns', Operations<'signIns'>>
  | Named<'keptServers', Operations<'keptServers'>>
  | Named<'webTokens', Operations<'webTokens'>>
  | Named<'environment', Operations<'environment'>>
  | Named<'settings', keyof Application['settings']>
  | Named<'settingsChanges', Operations<'settingsChanges'>>
  | Named<'migration', Operations<'migration'>>
  | Named<'agents', keyof AgentOperations>
  | Named<'fleet', Operations<'fleet'>>
  | Named<'calendars', Operations<'calendars'>>
  | Named<'successTrial', Operations<'successTrial'>>;

/** Why a face does not offer an operation. */
interface Not {
  readonly not: string;
}
const not = (reason: string): Not => ({ not: reason });
type Faces = readonly [cli: string | Not, window: string | Not, agents: string | Not];

const part = not('a step of other operations, not an act of its own');
const personOnly = not('a decision that only a person may make');
const machine = not('concerns the machine and its files, which agents reach only through tasks');
const atMachine = not('who can sign in is decided at the machine, so that a stolen session cannot let others in');
const byOthers = not('the table of tasks and `list` show it');

/** Each operation with the command, the call of the window and the tool that offers it. */
const table: { readonly [O in Operation]: Faces } = {
  'tasks.create': ['create', 'tasks.create', 'create'],
  'tasks.list': ['list', 'app.snapshot', 'list'],
  'tasks.get': ['get', 'app.snapshot', 'get'],
  'tasks.usage': ['update', 'reports.task', 'get'],
  'tasks.update': ['update', 'tasks.update', 'update'],
  'tasks.pause': ['pause', 'tasks.pause', 'pause'],
  'tasks.resume': ['resume', 'tasks.resume', 'resume'],
  'tasks.delete': ['delete', 'tasks.delete', 'delete'],
  'tasks.forgetSeen': [
    'forget-seen',
    'tasks.forgetSeen',
    not('an agent changes the probe, whose next look is then the first'),
  ],
  'tasks.skipNext': ['skip-next', 'tasks.skipNext', 'skip_next'],
  'bulkChanges.apply': [
    not('a script names one task after the other'),
    'tasks.bulk',
    not('each change is approved by itself'),
  ],
  'tasks.pauseAll': ['pause-all', 'app.pauseAll', personOnly],
  'tasks.resumeAll': ['resume-all', 'app.resumeAll', personOnly],
  'tasks.timings': ['groups', 'app.snapshot', 'timings'],
  'tasks.understand': ['parse', 'schedule.parse', 'next'],
  'tasks.nextRuns': ['next', part, 'next'],
  'tasks.starts': ['next', 'schedule.slots', 'next'],
  'tasks.timingSpec': [part, part, part],
  'tasks.skipsNextEvent': [part, part, part],
  'tasks.readDraft': [part, part, part],
  'tasks.readChange': [part, part, part],
  'runs.fire': [part, part, part],
  'runs.trigger': ['trigger', 'tasks.trigger', 'trigger'],
  'runs.start': ['trigger', 'tasks.trigger', 'trigger'],
  'runs.testDraft': ['create', 'tasks.test', 'test'],
  'runs.startTest': ['create', 'tasks.test', 'test'],
  'runs.rerun': [
    not('`run` takes other input for one run'),
    'executions.rerun',
    not('an agent would run what nobody has approved'),
  ],
  'runs.cancel': ['cancel', 'executions.cancel', 'cancel'],
  'runs.concurrencyLimit': ['settings list', 'settings.get', part],
  'reports.task': [
    not('`get`, `runs` and `why` print its parts'),
    'reports.task',
    not('`get`, `executions` and `why` hold its parts'),
  ],
  'reports.group': [
    not('`groups` and `runs` print its parts'),
    'reports.group',
    not('`timings` and `executions` hold its parts'),
  ],
  'reports.insights': [
    'insights',
    'reports.insights',
    not('`executions` and `why` hold the facts, and the list of tools is full'),
  ],
  'reports.explain': ['why', 'reports.slot', 'why'],
  'reports.missed': [not('`why` lists those of a task'), 'reports.missed', not('`why` lists those of a task')],
  'slots.why': [part, part, part],
  'slots.whyInFleet': ['why', 'tasks.why', 'why'],
  'slots.missed': ['why', 'tasks.missed', 'why'],
  'slots.attention': ['why', 'app.snapshot', 'why'],
  'backfills.preview': ['backfill', 'tasks.backfillPreview', 'backfill'],
  'backfills.plan': [part, part, 'backfill'],
  'backfills.run': ['backfill', 'tasks.backfill', 'backfill'],
  'backfills.start': ['backfill', 'tasks.backfill', 'backfill'],
  'backfills.begin': [part, part, 'backfill'],
  'backfills.stop': [not('Ctrl+C stops it'), 'tasks.stopBackfill', 'cancel'],
  'backfills.isRunning': [part, 'tasks.backfillPreview', part],
  'history.list': ['history', 'history.list', 'history'],
  'history.authors': [not('`history` prints the author of each change'), 'history.authors', part],
  'history.get': ['history', 'history.list', 'history'],
  'history.findTaskId': ['history', not('the window knows the id'), 'history'],
  'history.undo': ['undo', 'history.undo', 'undo'],
  'history.undoAll': ['undo', 'history.undoAll', personOnly],
  'backups.list': ['backups', 'backups.list', machine],
  'backups.preview': ['restore', 'backups.list', machine],
  'backups.restore': ['restore', 'backups.restore', machine],
  'entries.kind': ['os list', 'app.snapshot', machine],
  'entries.entries': ['os list', 'entries.list', machine],
  'entries.legacyEntries': ['os list', 'legacy.list', machine],
  'entries.sync': ['os sync', 'doctor.fix', machine],
  'entries.preview': ['os preview', 'entries.preview', machine],
  'entries.removeAll': ['os remove', not('removes the app from the system; Pause all stops the tasks'), machine],
  'doctor.diagnose': ['doctor', 'doctor.diagnose', 'doctor'],
  'doctor.fix': ['doctor', 'doctor.fix', machine],
  'doctor.report': [not('`doctor --json` is for scripts; the report is for people'), 'app.report', machine],
  'retention.run': ['cleanup', 'app.cleanUp', machine],
  'metrics.text': ['metrics', not('Prometheus reads it, not a person'), machine],
  'metrics.shared': [part, part, part],
  'metrics.write': ['metrics', not('Settings › Runs names the file'), machine],
  'slotCalendar.answer': ['export', not('Settings › Runs names the file that is kept up to date'), machine],
  'lint.report': ['lint', not('the import of the settings previews the same files'), machine],
  'otherJobs.list': ['os others', 'entries.others', machine],
  'transfer.exported': ['export', 'transfer.export', machine],
  'transfer.exportedGroup': ['export', not('writes files for another machine, which a script installs'), machine],
  'transfer.read': ['import', 'transfer.open', machine],
  'transfer.readContent': ['import', 'transfer.open', machine],
  'transfer.installed': ['import', 'transfer.open', machine],
  'transfer.found': [not('`import --from-system` names a scheduler'), 'transfer.found', machine],
  'transfer.preview': ['import', 'transfer.preview', machine],
  'transfer.apply': ['import', 'transfer.apply', machine],
  'alerts.list': ['alerts list', 'alerts.list', personOnly],
  'alerts.setChannel': ['alerts add', 'alerts.setChannel', personOnly],
  'alerts.removeChannel': ['alerts remove', 'alerts.removeChannel', personOnly],
  'alerts.configure': ['alerts add-rule', 'alerts.configure', personOnly],
  'alerts.test': ['alerts test', 'alerts.test', personOnly],
  'alerts.sent': ['alerts sent', 'alerts.sent', personOnly],
  'alerts.retry': ['alerts retry', 'alerts.retry', personOnly],
  'alerts.sendBeforeEnd': [part, part, part],
  'alerts.usualEvents': [part, part, part],
  'signIns.list': ['servers list', 'servers.signIns', personOnly],
  'signIns.begin': ['servers sign-in', 'servers.signIn', personOnly],
  'signIns.open': ['servers sign-in', part, personOnly],
  'signIns.finished': ['servers sign-in', 'servers.signIns', personOnly],
  'signIns.complete': ['servers sign-in', 'servers.completeSignIn', personOnly],
  'signIns.cancel': [not('Ctrl+C ends it'), 'servers.cancelSignIn', personOnly],
  'signIns.signOut': ['servers sign-out', 'servers.signOut', personOnly],
  'keptServers.list': ['servers kept', 'servers.kept', personOnly],
  'keptServers.end': ['servers end', 'servers.endKept', personOnly],
  'secrets.list': ['secrets list', 'secrets.list', personOnly],
  'secrets.set': ['secrets set', 'secrets.set', personOnly],
  'secrets.remove': ['secrets remove', 'secrets.remove', personOnly],
  'calendars.list': ['calendars list', 'calendars.list', 'calendars'],
  'calendars.show': [
    'calendars show',
    not('Settings, Calendars names the next day of each, and a task its next slots'),
    'calendars',
  ],
  'calendars.add': ['calendars add', 'calendars.add', 'add_calendar'],
  'calendars.assertNew': [part, part, part],
  'calendars.remove': ['calendars remove', 'calendars.remove', personOnly],
  'calendars.refresh': ['calendars refresh', 'calendars.refresh', personOnly],
  'calendars.choices': [not('the refusal of an unknown country lists all'), 'calendars.choices', part],
  'fleet.init': ['fleet init', 'fleet.init', personOnly],
  'fleet.look': ['fleet join', 'fleet.look', personOnly],
  'fleet.join': ['fleet join', 'fleet.join', personOnly],
  'fleet.leave': ['fleet leave', 'fleet.leave', personOnly],
  'fleet.state': ['fleet status', 'fleet.state', personOnly],
  'fleet.members': ['fleet members', 'fleet.state', personOnly],
  'fleet.find': [part, part, part],
  'fleet.accept': ['fleet accept', 'fleet.accept', personOnly],
  'fleet.withdraw': ['fleet accept', 'fleet.withdraw', personOnly],
  'fleet.drain': ['fleet drain', 'fleet.drain', personOnly],
  'fleet.remove': ['fleet remove', 'fleet.remove', personOnly],
  'fleet.share': ['share', 'fleet.share', personOnly],
  'fleet.unshare': ['unshare', 'fleet.unshare', personOnly],
  'fleet.script': ['fleet init', not('SQL for an administrator, who has a terminal'), personOnly],
  'fleet.runs': ['fleet runs', 'fleet.runs', not('agents see the runs of the machine that they connect to')],
  'fleet.readLog': ['fleet log', 'fleet.readLog', not('agents see the runs of the machine that they connect to')],
  'fleet.createShared': ['create', 'tasks.create', personOnly],
  'fleet.sync': ['fleet status', part, part],
  'fleet.placementProblem': ['share', part, part],
  'webTokens.list': ['web tokens', atMachine, personOnly],
  'webTokens.create': ['web create-token', atMachine, personOnly],
  'webTokens.revoke': ['web revoke-token', atMachine, personOnly],
  'webTokens.signIn': [part, not('the page in a browser posts the token'), personOnly],
  'webTokens.isValid': [part, part, part],
  'webTokens.find': [part, part, part],
  'webTokens.record': [part, part, part],
  'environment.show': ['environment show', 'environment.compare', machine],
  'environment.compare': ['environment compare', 'environment.compare', machine],
  'environment.refresh': ['environment refresh', 'environment.refresh', machine],
  'settings.read': ['settings list', 'settings.get', personOnly],
  'settings.problem': ['doctor', 'settings.get', byOthers],
  'settingsChanges.update': ['settings set', 'settings.update', personOnly],
  'migration.migrate': ['migrate', not('the first start does it'), machine],
  'migration.install': ['os sync', 'doctor.fix', machine],
  'migration.legacyEntries': ['os list', 'legacy.list', machine],
  'migration.replaceLegacyEntries': ['migrate', 'legacy.replace', machine],
  'agents.clients': ['agents list', 'agents.list', personOnly],
  'agents.proposals': ['proposals', 'proposals.get', 'proposals'],
  'agents.perform': [part, part, part],
  'agents.submit': [part, part, 'create'],
  'agents.revoke': ['agents revoke', 'agents.revoke', personOnly],
  'agents.undo': ['agents undo', 'agents.undo', personOnly],
  'successTrial.try': [not('the editor tries criteria on a past run while they are typed'), 'executions.judge', part],
};

/** What a face offers beyond the operations above: running the product, and showing what it did. */
const beyond = {
  cli: [
    'quick-add',
    'recipes list',
    'recipes create',
    'runs',
    'log',
    'next',
    'tools',
    'run',
    'serve',
    'upgrade',
    'uninstall',
    'bridge',
    ...['alerts edit', 'alerts remove-rule', 'alerts task', 'alerts heartbeat', 'alerts digest'],
    // Settings › Machines changes the setting `machines`, and tests by `machines.test`.
    ...['machines list', 'machines add', 'machines remove', 'machines test'],
    'approve',
    'reject',
    'agents set',
    'mcp',
    'completion',
  ],
  window: /^(?:alerts|app|logs|command|machines|proposals|agents|executions|schedule|tools)\./,
  agents: ['tools', 'validate', 'retrieve', 'executions', 'log'],
};

const offered = (face: 0 | 1 | 2): string[] =>
  Object.values(table).flatMap((faces) => (typeof faces[face] === 'string' ? [faces[face]] : []));
const root = resolve(import.meta.dirname, '..');
const renderer = sourceFiles(root, ['renderer'])
  .filter((file) => !isTestCode(file))
  .map((file) => readFileSync(resolve(root, file), 'utf8'))
  .join('\n');
const toolNames = ownTools.map(({ name }) => name);

describe('every operation is offered by the command line, the window and the agents, or says why not', () => {
  test('the commands exist, and each command is in the table', () => {
    expect(offered(0).filter((name) => !commandNames.includes(name))).toEqual([]);
    expect(commandNames.filter((name) => !offered(0).includes(name) && !beyond.cli.includes(name))).toEqual([]);
  });

  test('the window makes each call, and each call is in the table', () => {
    expect(offered(1).filter((name) => !Object.hasOwn(ipcCalls, name))).toEqual([]);
    expect(offered(1).filter((name) => !renderer.includes(`'${name}'`))).toEqual([]);
    const calls = Object.keys(ipcCalls);
    expect(calls.filter((name) => !offered(1).includes(name) && !beyond.window.test(name))).toEqual([]);
  });

  test('the tools exist, and each tool is in the table', () => {
    expect(offered(2).filter((name) => !toolNames.includes(name))).toEqual([]);
    expect(toolNames.filter((name) => !offered(2).includes(name) && !beyond.agents.includes(name))).toEqual([]);
  });

  test('a tool is for a person alone exactly if the command that does the same is', async () => {
    const both = Object.values(table).flatMap(([command, , tool]) =>
      typeof command === 'string' && typeof tool === 'string' ? [{ command, tool }] : [],
    );
    const commands = new Map((await loadAllCommands()).map(({ name, byPerson }) => [name, byPerson === true]));
    const forPeople = both.filter(({ command }) => commands.get(command) === true).map(({ tool }) => tool);
    expect(ownTools.flatMap(({ name, byPerson }) => (byPerson ? [name] : []))).toEqual([...new Set(forPeople)].sort());
  });

  test('a reason is a sentence part that says more than “no”', () => {
    const reasons = Object.values(table).flatMap((faces) =>
      faces.flatMap((face) => (typeof face === 'string' ? [] : [face.not])),
    );
    for (const reason of new Set(reasons)) expect(reason.split(' ').length).toBeGreaterThan(2);
  });
});
