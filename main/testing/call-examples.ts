import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Execution } from '../contract/execution.ts';
import type { Bridge, IpcCall, IpcInput } from '../contract/ipc.ts';
import { importOptionsSchema } from '../contract/transfer.ts';
import { ipcHandlers, type IpcHandlers } from '../ipc/handlers.ts';
import type { Host } from '../ipc/host.ts';
import { fleetExamples } from './fleet/fleet-examples.ts';
import { memoryApplication, type MemoryApplication } from './memory-application.ts';
import { memoryHost } from './memory-host.ts';
import { MemoryBridge } from './memory-window/memory-bridge.ts';

/** An application in memory with one of everything that a call can refer to. */
export interface CallPlace {
  readonly application: MemoryApplication;
  readonly bridge: Bridge;
  /** What the bridge calls. */
  readonly handlers: IpcHandlers;
  /** What the handlers can do, for a test that binds them in another way. */
  readonly host: Host;
  /** The text of the file that a person chooses in every dialog. */
  readonly importFile: string;
  readonly taskId: string;
  /** Id of an execution that has ended. */
  readonly executionId: string;
  /** Id of an agent's proposal to create a task. */
  readonly proposalId: string;
  /** Starts a run that ends only when it is cancelled. */
  readonly startRun: () => Promise<Execution>;
  /** Waits for an action while the clock advances. */
  passing<T>(action: Promise<T>): Promise<T>;
  dispose(): void;
}

const backup = {
  name: 'Backup',
  schedule: 'every day at 9am',
  tool: 'shell:run',
  parameters: { command: 'print done' },
};
const command = { kind: 'command' as const, command: ['apprise', '-t', 'Alert'] };
/** An agent that may change and run anything. */
const trusted = { name: 'trusted', version: '1.0.0' };
/** An agent that needs approval. */
const curious = { name: 'curious', version: '1.0.0' };
const create = { action: 'create', validate: true, testRun: false } as const;

/** Adds an MCP server over HTTP. */
function configureNotes({ settings }: MemoryApplication): void {
  settings.update({ mcpServers: { notes: { url: 'https://notes.example/mcp' } } });
}

/** Begins a sign-in to that server, and returns its page. */
async function signingIn(application: MemoryApplication): Promise<string> {
  configureNotes(application);
  return (await (await application.signIns()).begin('notes')).page;
}

export async function callPlace(): Promise<CallPlace> {
  const application = memoryApplication();
  const folder = mkdtempSync(join(tmpdir(), 'ncp-calls-'));
  const file = join(folder, 'crontab');
  const importFile = '# Nightly\n0 1 * * * one\n';
  writeFileSync(file, importFile);
  const chosen = () => Promise.resolve(file);
  const host = { ...memoryHost(), chooseImportFile: chosen, chooseExportFile: chosen, chooseDirectory: chosen };
  const passing = async <T>(action: Promise<T>): Promise<T> => {
    let over = false;
    const ended = () => (over = true);
    action.then(ended, ended);
    while (!over) {
      await new Promise((resolve) => setImmediate(resolve));
      application.clock.advance(20);
    }
    return action;
  };
  const [tasks, runs, agents] = await Promise.all([application.tasks(), application.runs(), application.agents()]);
  const { task } = await tasks.create(backup, 'window');
  const { executionId } = await passing(runs.trigger(task.id, { trigger: 'manual' }));
  agents.clients.change(trusted.name, { permission: 'allow' }, 'window');
  const draft = (name: string) => tasks.readDraft({ ...backup, name });
  await agents.submit({ ...create, draft: draft('Of the trusted one') }, trusted);
  const submitted = await agents.submit({ ...create, draft: draft('Of the curious one') }, curious);
  if (submitted.kind !== 'waits') throw new Error('A new agent needs the consent of a person.');
  const sleep = { name: 'Sleep', tool: 'shell:run', parameters: { command: 'sleep' }, validate: true };
  const handlers = ipcHandlers(application, host);
  return {
    ...{
      application,
      handlers,
      host,
      importFile,
      passing,
      taskId: task.id,
      executionId,
      proposalId: submitted.proposal.id,
    },
    bridge: new MemoryBridge(handlers),
    startRun: () => passing(runs.startTest(sleep)),
    dispose: () => {
      application.dispose();
      rmSync(folder, { recursive: true });
    },
  };
}

export type Example<C extends IpcCall> = (place: CallPlace) => IpcInput<C> | Promise<IpcInput<C>>;

const since = '2026-11-23T00:00:00.000Z';
const until = '2026-11-25T00:00:00.000Z';
const nothing = () => ({});
const ofTask = ({ taskId }: CallPlace) => ({ taskId });
const ofExecution = ({ executionId }: CallPlace) => ({ executionId });
const ofResultFile = ({ executionId }: CallPlace) => ({ executionId, name: '1.png' });
const options = importOptionsSchema.parse({});

/** An example input for every call. A call without an example does not compile. */
export const callExamples: { readonly [C in IpcCall]: Example<C> } = {
  'agents.change': () => ({ client: curious.name, change: { permission: 'allow' } }),
  'agents.connect': () => ({ program: 'cursor', basis: 'empty' }),
  'agents.list': nothing,
  'agents.programs': nothing,
  'agents.revoke': () => ({ client: curious.name }),
  'agents.undo': () => ({ client: trusted.name }),
  'alerts.configure': () => ({ overrides: { t1: { channels: [] } } }),
  'alerts.list': nothing,
  'alerts.removeChannel': async ({ application }) => {
    await (await application.alerts()).setChannel('ops', command, 'window');
    return { name: 'ops' };
  },
  'alerts.retry': () => ({ channel: 'ops' }),
  'alerts.sent': () => ({}),
  'alerts.setChannel': () => ({ name: 'ops', channel: command }),
  'alerts.test': () => ({ channel: command }),
  'app.chooseDirectory': () => ({ startAt: '/home/person' }),
  'app.cleanUp': nothing,
  'app.closeQuickAdd': nothing,
  'app.folders': () => ({ path: '/home/person' }),
  'app.openLog': ofExecution,
  'app.openResultFile': async ({ application, executionId }) => {
    const path = (await application.logs()).resultFileToOpen(executionId, '1.png');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, 'a picture');
    return { executionId, name: '1.png' };
  },
  'app.pauseAll': () => ({ note: 'moving house' }),
  'app.previewUninstall': () => ({ purge: true }),
  'app.report': nothing,
  'app.resumeAll': async ({ application }) => {
    (await application.tasks()).pauseAll({}, 'window');
    return {};
  },
  'app.snapshot': nothing,
  'app.uninstall': () => ({ purge: false }),
  'app.installUpdate': nothing,
  'backups.list': nothing,
  'backups.restore': ({ application }) => ({ name: application.store.backups().at(-1)?.name ?? '' }),
  'command.install': nothing,
  'command.remove': nothing,
  'command.state': nothing,
  'doctor.diagnose': nothing,
  'doctor.fix': ({ application }) => {
    application.os.installed.clear();
    return {};
  },
  'entries.list': nothing,
  'entries.others': nothing,
  'entries.preview': ({ application, taskId }) => ({
    timingId: application.store.read().tasks[taskId]?.timingId ?? '',
    kind: 'systemd',
  }),
  'environment.compare': nothing,
  'environment.refresh': nothing,
  'executions.cancel': async ({ startRun }) => ({ executionId: (await startRun()).executionId }),
  'executions.get': ofExecution,
  'executions.judge': ({ executionId }) => ({ executionId, criteria: [{ check: 'contains', text: 'done' }] }),
  'executions.list': () => ({ status: 'success', limit: 10 }),
  'executions.figures': ({ taskId }) => ({ taskIds: [taskId] }),
  'executions.outcomes': () => ({ since, stepMs: 3_600_000 }),
  'executions.rerun': ({ executionId }) => ({ executionId, parameters: { command: 'true' } }),
  ...fleetExamples,
  'history.authors': nothing,
  'history.list': () => ({ limit: 5 }),
  'history.undo': async ({ application, taskId }) => {
    const [change] = (await application.history()).list({ taskId, limit: 1 });
    return { changeId: change?.id ?? 0 };
  },
  'history.undoAll': () => ({ author: 'window', partial: true }),
  'legacy.list': nothing,
  'legacy.replace': ({ application: { os }, taskId }) => {
    os.others.push({ timingId: taskId, kind: 'systemd', state: 'legacy', key: null, path: '/ncp/backup' });
    return {};
  },
  'logs.follow': ofExecution,
  'logs.media': ofResultFile,
  'logs.read': ({ executionId }) => ({ executionId, offset: 2 }),
  'logs.readEnd': ofExecution,
  'logs.compare': ofExecution,
  'logs.save': ofExecution,
  'logs.unfollow': ofExecution,
  'machines.call': async (place) => ({ machine: await withMachine(place), call: 'settings.get', input: {} }),
  'machines.connect': nothing,
  'machines.list': nothing,
  'machines.show': async (place) => ({ machine: await withMachine(place) }),
  'machines.test': async (place) => {
    await withMachine(place);
    return { machine: { host: 'web.example.org' } };
  },
  'proposals.approve': async ({ application, proposalId }) => {
    const { preview } = await (await application.agents()).proposals.view(proposalId);
    return { proposalId, basis: preview?.basis ?? '', always: true };
  },
  'proposals.get': ({ proposalId }) => ({ proposalId }),
  'proposals.reject': ({ proposalId }) => ({ proposalId, note: 'not now' }),
  'reports.group': () => ({ timingId: 'daily-9am' }),
  'reports.insights': () => ({ since, order: 'findings' }),
  'reports.missed': () => ({ recordedAfter: null }),
  'reports.slot': ({ taskId }) => ({ taskId, slot: '2026-11-24T09:00:00.000Z' }),
  'reports.task': ofTask,
  'schedule.load': () => ({ from: since, until, stepMs: 3_600_000 }),
  'schedule.parse': () => ({ phrase: 'every weekday at 9am', timezone: 'Asia/Tokyo' }),
  'schedule.slots': () => ({ timingId: 'daily-9am', from: since, until }),
  'schedule.words': () => ({ cronExpression: '0 9 * * *', timezone: 'UTC' }),
  'calendars.add': () => ({ name: 'Closed', calendar: { kind: 'dates', days: [{ date: '2026-12-24', name: '' }] } }),
  'calendars.choices': nothing,
  'calendars.list': nothing,
  'calendars.refresh': () => ({ name: 'weekends' }),
  'calendars.remove': async ({ application }) => {
    const days = [{ date: '2026-12-24', name: 'Closed' }];
    await (await application.calendars()).add('Closed', { kind: 'dates', days }, 'test');
    return { name: 'Closed' };
  },
  'secrets.list': nothing,
  'secrets.remove': async ({ application }) => {
    (await application.secrets()).set('TOKEN', 'abc');
    return { name: 'TOKEN' };
  },
  'secrets.set': () => ({ name: 'TOKEN', value: 'abc' }),
  'servers.signIns': nothing,
  'servers.cancelSignIn': async ({ application }) => {
    await signingIn(application);
    return { name: 'notes' };
  },
  'servers.completeSignIn': async ({ application }) => {
    const page = new URL(await signingIn(application));
    return { name: 'notes', address: `http://127.0.0.1:1234/callback?code=c${page.search.replace('?', '&')}` };
  },
  'servers.signIn': ({ application }) => {
    configureNotes(application);
    return { name: 'notes' };
  },
  'servers.kept': nothing,
  'servers.endKept': async ({ application }) => {
    application.settings.update({ mcpServers: { filesystem: { command: 'files-server', keep: '10m' } } });
    const task = { name: 'Kept', schedule: '0 9 * * *', tool: 'filesystem:list_directory', parameters: { path: '/' } };
    const { id } = (await (await application.tasks()).create(task, 'window')).task;
    await (await application.runs()).trigger(id, { trigger: 'manual' });
    return { name: 'filesystem' };
  },
  'servers.signOut': async ({ application }) => {
    const page = await signingIn(application);
    await (await application.signIns()).open(page);
    await (await application.signIns()).finished('notes');
    return { name: 'notes' };
  },
  'settings.get': nothing,
  'settings.update': () => ({ change: { theme: 'dark' } }),
  'tasks.create': () => ({ ...backup, name: 'Another' }),
  'tasks.delete': ofTask,
  'tasks.missed': () => ({ timingId: 'daily-9am', since }),
  'tasks.skipNext': ofTask,
  'tasks.forgetSeen': async ({ application, taskId }) => {
    const probe = { tool: 'shell:run', parameters: { command: 'date' } };
    await (await application.tasks()).update(taskId, { policies: { probe } }, 'window');
    return { taskId };
  },
  'tasks.pause': ({ taskId }) => ({ taskId, until, note: 'on holiday' }),
  'tasks.resume': async ({ application, taskId }) => {
    await (await application.tasks()).pause(taskId, {}, 'window');
    return { taskId };
  },
  'tasks.test': () => ({ name: '', tool: 'shell:run', parameters: { command: 'true' } }),
  'tasks.trigger': ofTask,
  'tasks.backfillPreview': ({ taskId }) => ({ taskId, since: '2026-11-23T00:00:00.000Z' }),
  'tasks.bulk': ({ taskId }) => ({ taskIds: [taskId], change: { action: 'pause' } }),
  'tasks.backfill': ({ taskId }) => ({ taskId, since: '2026-11-23T00:00:00.000Z' }),
  'tasks.stopBackfill': ofTask,
  'tasks.update': ({ taskId }) => ({ taskId, change: { name: 'Renamed', schedule: 'every hour' } }),
  'tasks.why': ofTask,
  'tools.list': nothing,
  'transfer.apply': async ({ bridge }) => ({ token: await openFile(bridge), options }),
  'transfer.export': () => ({ withSecrets: true }),
  'transfer.found': nothing,
  'transfer.open': nothing,
  'transfer.preview': async ({ bridge }) => ({ token: await openFile(bridge), options }),
};

/** Adds a machine, whose window is that of the place itself, and connects to it. Returns its name. */
async function withMachine({ application, bridge }: CallPlace): Promise<string> {
  application.outside.machines.add('web.example.org', bridge);
  application.settings.update({ machines: { web: { host: 'web.example.org' } } });
  (await application.machines()).connect('web');
  application.clock.advance(10);
  return 'web';
}

/** Opens the file that the dialog returns, and returns its token. */
async function openFile(bridge: Bridge): Promise<string> {
  const answer = await bridge.call('transfer.open', {});
  return answer.ok ? (answer.value.opened?.token ?? '') : '';
}
