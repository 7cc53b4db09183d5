import type { Client } from '@modelcontextprotocol/client';
import type { Execution } from '../../main/contract/execution.ts';
import type { Proposal } from '../../main/contract/proposal.ts';
import { connectAgent, useTool } from '../fixtures/agent.ts';
import { expect, test } from '../fixtures/app.ts';
import { lastTriggered, systemdMissing } from '../fixtures/os-schedulers.ts';
import { nextMinute, until, untilInstant } from '../fixtures/until.ts';
import { MainWindow } from '../pages/main-window.ts';
import { ProposalDialog } from '../pages/proposal-dialog.ts';

interface Answer {
  readonly proposal?: Proposal;
  readonly proposals?: Proposal[];
  readonly executions?: Execution[];
  readonly log?: string;
}

const ask = async (agent: Client, name: string, parameters: Record<string, unknown>): Promise<Answer> =>
  await useTool(agent, name, parameters);

const waits = async (desktop: { tray: { menu(): Promise<readonly { label: string }[]> } }): Promise<boolean> =>
  (await desktop.tray.menu()).some(({ label }) => label.includes('waits for approval'));

test('an agent proposes a task, a person approves it, the timer runs it, and the agent reads the outcome', async ({
  scene,
  desktop,
  nodeCli,
}) => {
  scene.configure({ osScheduler: systemdMissing === null ? 'systemd' : 'in-process' });
  const app = await scene.launch('--hidden');
  const agent = await connectAgent(scene);
  try {
    const asked = await ask(agent, 'create', {
      name: 'Count the files',
      schedule: 'every minute',
      tool: 'shell:run',
      parameters: { command: 'echo counted by an agent' },
    });
    const id = asked.proposal?.id ?? '';

    await test.step('the proposal is pending: the tray and a notification say so, and no task exists', async () => {
      expect(asked.proposal?.state).toBe('pending');
      await until('the tray shows the pending change', () => waits(desktop));
      expect(await nodeCli.tasks()).toEqual([]);
      const notification = await desktop.notifications.next('e2e-agent');
      expect(notification.body).toContain('Count the files');
      desktop.notifications.click(notification);
    });

    const window = new MainWindow(await app.window());
    const dialog = new ProposalDialog(window.page);
    let firstSlotMs = 0;

    await test.step('a click shows the agent, the command, the schedule and the next runs', async () => {
      await expect(dialog.root).toContainText('e2e-agent 3.1');
      await expect(dialog.root).toContainText('echo counted by an agent');
      await expect(dialog.root).toContainText('Every minute');
      await app.picture(window.page, 'the-proposal');
    });

    await test.step('after approval the task exists, with the agent as its author, and nothing is pending', async () => {
      await dialog.approve.click();
      await expect(dialog.root).toBeHidden();
      firstSlotMs = nextMinute();
      const [task] = await nodeCli.tasks();
      expect(task).toMatchObject({ name: 'Count the files', createdBy: 'mcp:e2e-agent@3.1', status: 'active' });
      await until('the tray shows no pending change', async () => !(await waits(desktop)));
      await app.picture(window.page, 'approved');
    });

    await test.step('the agent sees the approval and reads the run that the timer started', async () => {
      const [applied] = (await ask(agent, 'proposals', { proposal_id: id })).proposals ?? [];
      expect(applied).toMatchObject({ state: 'applied', decidedBy: 'window' });
      await untilInstant(firstSlotMs);
      const run = await until(
        'the schedule has run the task',
        async () =>
          (await ask(agent, 'executions', { job_id: applied?.taskId, status: 'success' })).executions?.[0] ?? null,
        120_000,
        500,
      );
      expect(run.trigger).toBe('schedule');
      const { log } = await ask(agent, 'log', { execution_id: run.executionId });
      expect(log).toContain('counted by an agent');
    });

    if (systemdMissing === null) {
      await test.step('the systemd timer elapsed', async () => {
        const [timing] = await nodeCli.timings();
        const timer = (timing?.osEntry.path ?? '').split('/').at(-1) ?? '';
        await until('the systemd timer elapsed', () => lastTriggered(timer), 100_000);
      });
    }
  } finally {
    await agent.close();
  }
});

test('a rejected change has no effect, and the agent gets the reason', async ({ scene, desktop, nodeCli }) => {
  scene.configure({ osScheduler: 'in-process' });
  const app = await scene.launch('--hidden');
  const task = await nodeCli.createShellTask('Mine', '0 3 * * *', 'true');
  const agent = await connectAgent(scene);
  try {
    const { proposal } = await ask(agent, 'delete', { job_id: 'Mine' });
    await desktop.tray.click(/waits for approval/);
    const window = new MainWindow(await app.window());
    const dialog = new ProposalDialog(window.page);
    await expect(dialog.root).toContainText('Delete "Mine"');
    await dialog.note.fill('I still need it');
    await dialog.reject.click();
    await expect(dialog.root).toBeHidden();
    const { proposals } = await ask(agent, 'proposals', { proposal_id: proposal?.id });
    expect(proposals).toMatchObject([{ state: 'rejected', note: 'I still need it' }]);
    expect((await nodeCli.tasks()).map(({ id }) => id)).toEqual([task.id]);
  } finally {
    await agent.close();
  }
});
