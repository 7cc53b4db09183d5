import { describe, expect, test, vi } from 'vitest';
import type { Capability } from '../main/contract/desktop.ts';
import { ipcCalls, ipcEvents, type IpcCall, type IpcEvent } from '../main/contract/ipc.ts';
import { answerCall } from '../main/ipc/answer.ts';
import { callExamples } from '../main/testing/call-examples.ts';
import { createCall } from './bridge/client.ts';
import { createCommands } from './commands/commands.ts';
import { createStores } from './stores/stores.ts';
import { subscribe } from './subscriptions.ts';
import type { Binding } from './testing/bindings/bound-window.ts';
import { openBinding, type BoundPlace } from './testing/bindings/open-binding.ts';
import { overElectron } from './testing/bindings/over-electron.ts';
import { overHttp } from './testing/bindings/over-http.ts';
import { overLines } from './testing/bindings/over-lines.ts';

vi.mock('electron', () => import('./testing/bindings/electron-module.ts'));

/** The bindings of the one contract. A window means the same over each of them, but for the capabilities that it lacks. */
const bindings: readonly Binding[] = [overElectron, overHttp, overLines];
const calls = Object.keys(ipcCalls) as IpcCall[];

/** The calls that need more than a binding must offer. Every other call works over each binding. */
const needs: Partial<Record<IpcCall, Capability>> = {
  'app.chooseDirectory': 'dialogs',
  'app.installUpdate': 'desktop',
  'app.openLog': 'files',
  'app.openResultFile': 'files',
  'app.uninstall': 'desktop',
  'logs.save': 'files',
  'machines.call': 'machines',
  'machines.connect': 'machines',
  'machines.list': 'machines',
  'machines.show': 'machines',
  'machines.test': 'machines',
  'transfer.export': 'files',
  'transfer.open': 'files',
};
/** The calls about a file that was opened before. */
const afterOpening: readonly IpcCall[] = ['transfer.preview', 'transfer.apply'];

async function capabilitiesOf({ ask }: BoundPlace): Promise<readonly Capability[]> {
  const answer = await ask('app.snapshot', {});
  return answer.ok ? answer.value.desktop.capabilities : [];
}

describe.each(bindings)('over $name', (binding) => {
  test.each(calls)(
    '%s returns what its contract declares, unless the binding cannot do it and says so',
    async (name) => {
      const place = await openBinding(binding);
      const capabilities = await capabilitiesOf(place);
      const capability = needs[name];
      const input = await callExamples[name](place);
      const answer = await place.ask(name, input);
      if (capability !== undefined && !capabilities.includes(capability)) {
        expect(answer).toMatchObject({ ok: false, error: { code: 'desktop/not-available', details: { capability } } });
      } else if (afterOpening.includes(name) && !capabilities.includes('files')) {
        expect(answer).toMatchObject({ ok: false, error: { code: 'usage/import-not-open' } });
      } else {
        expect(answer).toMatchObject({ ok: true });
        if (answer.ok) ipcCalls[name].output.parse(answer.value);
      }
    },
  );

  test('an error has the same envelope as in the process itself', async () => {
    const place = await openBinding(binding);
    const gone = { taskId: 'gone', executionId: 'gone', proposalId: 'gone', timingId: 'gone' };
    for (const name of calls) {
      const expected = await answerCall(place.handlers, name, [], () => undefined);
      expect(expected).toMatchObject({ ok: false, error: { code: 'usage/invalid-input' } });
      expect(await place.ask(name, []), name).toEqual(expected);
    }
    for (const name of ['tasks.pause', 'tasks.why', 'executions.get', 'logs.read', 'reports.group'] as const) {
      const expected = await answerCall(place.handlers, name, { ...gone, offset: 0 }, () => undefined);
      expect(expected.ok).toBe(false);
      expect(await place.ask(name, { ...gone, offset: 0 }), name).toEqual(expected);
    }
  });

  test('every change reaches the window as an event of the contract', async () => {
    const place = await openBinding(binding);
    const { application, taskId, executionId, bridge, becomes } = place;
    const heard: IpcEvent[] = [];
    const awaited = async (name: IpcEvent, change: () => unknown): Promise<void> => {
      heard.length = 0;
      await change();
      await becomes(() => heard.includes(name), true);
    };
    for (const name of Object.keys(ipcEvents) as IpcEvent[]) {
      bridge.on(name, (payload) => {
        ipcEvents[name].parse(payload);
        heard.push(name);
      });
    }
    const tasks = await application.tasks();
    await awaited('schedule.changed', () => tasks.pause(taskId, {}, 'cli'));
    await awaited('settings.changed', () => application.settings.update({ theme: 'dark' }));
    await awaited('executions.changed', async () => (await application.runs()).trigger(taskId, { trigger: 'manual' }));
    await awaited('logs.grew', () => bridge.call('logs.follow', { executionId }));
    await awaited('executions.removed', () => application.ledger.removeExecutions([executionId]));
  });

  test("a person's commands change the application, and its changes reach what the person sees", async () => {
    const place = await openBinding(binding);
    const { bridge, becomes, passing, application } = place;
    const call = createCall(bridge);
    const noStorage = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
    const stores = createStores({ view: 'overview' }, noStorage);
    const commands = createCommands(call, stores);
    const stop = subscribe(bridge, call, stores, commands);
    const shown = () => stores.schedule.getState().schedule?.tasks.find(({ name }) => name === 'Greet');
    const toast = () => stores.toasts.getState().toasts.at(-1);
    await becomes(() => stores.schedule.getState().connection, 'ready');

    const draft = { name: 'Greet', schedule: 'daily at 8', tool: 'shell:run', parameters: { command: 'print hello' } };
    const task = await passing(commands.tasks.create(draft));
    await becomes(() => shown()?.id, task?.id);
    if (task === null) throw new Error('it was not created');

    const run = await passing(commands.tasks.runNow(task));
    const status = () =>
      stores.executions.getState().recent.find((each) => each.executionId === run?.executionId)?.status;
    await becomes(status, 'success');
    await passing(commands.log.open(run?.executionId ?? ''));
    await becomes(() => stores.log.getState().complete, true);
    expect(stores.log.getState().lines.map(({ text }) => text)).toEqual(['hello']);

    await passing(Promise.resolve(commands.tasks.pause(task)));
    await becomes(() => shown()?.status, 'paused');
    toast()?.action?.run();
    await becomes(() => shown()?.status, 'active');
    await passing(Promise.resolve(commands.tasks.remove(task)));
    await becomes(shown, undefined);
    await passing(Promise.resolve(commands.tasks.runNow(task)));
    expect(toast()).toMatchObject({ tone: 'error', message: expect.stringContaining(task.id) as string });
    expect(Object.values(application.store.read().tasks).map(({ name }) => name)).not.toContain('Greet');
    stop();
  });
});
