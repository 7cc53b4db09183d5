import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Execution } from '../../main/contract/execution.ts';
import type { TaskView } from '../../main/contract/task.ts';
import { noSshServer } from '../../main/testing/ssh-server.ts';
import { expect, test } from '../fixtures/app.ts';
import { machineNames, ThreeMachines, type MachineName } from '../fixtures/three-machines.ts';
import { until } from '../fixtures/until.ts';
import { MainWindow } from '../pages/main-window.ts';

test.skip(noSshServer() !== null, String(noSshServer()));

const yearly = '0 3 1 1 *';

test('one window shows three machines; a failure on one notifies here, opens at its line, and runs again there', async ({
  scene,
  desktop,
  nodeCli,
}) => {
  scene.configure({ osScheduler: 'in-process' });
  const machines = await ThreeMachines.start(scene);
  try {
    const create = async (name: MachineName, command: string): Promise<TaskView> => {
      const tool = ['--tool', 'shell:run', '--params', JSON.stringify({ command })];
      const made = await machines.on<{ task: TaskView }>(
        name,
        'create',
        '--name',
        'Back up',
        '--schedule',
        yearly,
        ...tool,
      );
      return made.task;
    };
    const runsOn = async (name: MachineName) =>
      (await machines.on<{ executions: Execution[] }>(name, 'runs')).executions.map(({ status }) => status);
    await create('alpha', 'true');
    await create('beta', 'true');
    const disk = join(machines.homeOf('gamma'), 'disk');
    const { timingId } = await create('gamma', `echo copying; test -e '${disk}' || { echo "disk full" >&2; exit 3; }`);
    for (const name of machineNames) await nodeCli.json('machines', 'add', name, name, '--notify');

    const app = await scene.launch();
    const window = new MainWindow(await app.window());
    await window.showAllMachines();
    for (const name of machineNames) await expect(window.machine(name)).toContainText('all well, 1 task');
    const next = await machines.on<{ slots: string[] }>('gamma', 'next', timingId, '--count', '1');
    await machines.fire('gamma', timingId, next.slots[0] ?? '');
    const failure = await desktop.notifications.next('Back up failed');
    expect(failure.title).toBe('gamma: Back up failed');
    await expect(window.machine('gamma')).toContainText('1 task failing');
    await expect(window.machine('alpha')).toContainText('all well');
    await app.picture(window.page, 'all-machines');
    desktop.notifications.click(failure);
    await expect(window.log.line('disk full').first()).toBeInViewport();
    await app.picture(window.page, 'failure-on-gamma');

    await window.showAllMachines();
    await window.machine('gamma').getByRole('button', { name: 'Back up failed' }).click();
    await expect(window.log.line('disk full').first()).toBeInViewport();
    writeFileSync(disk, '');
    await window.page.getByRole('button', { name: 'Re-run', exact: true }).click();
    await until('it ran again there', async () => (await runsOn('gamma'))[0] === 'success');
    expect([await runsOn('alpha'), await runsOn('beta'), await runsOn('gamma')]).toEqual([
      [],
      [],
      ['success', 'failure'],
    ]);
    await window.showAllMachines();
    await expect(window.machine('gamma')).toContainText('all well');
  } finally {
    await machines.dispose();
  }
});
