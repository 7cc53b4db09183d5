import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ForkHost } from '../../adapters/process/fork-host.ts';
import { createApplication } from '../../application/create-application.ts';
import { openOutside } from '../../start/outside.ts';
import { builtScript } from '../../testing/built-script.ts';
import { temporaryDir } from '../../testing/temporary-dir.ts';

const kills = process.env['TEST_DEEP'] === '1' ? 200 : 10;

function open(dir: string) {
  const quiet = (): void => undefined;
  const executable = { execPath: process.execPath, appImage: undefined, script: '', platform: process.platform };
  const logger = { info: quiet, warn: quiet, error: quiet };
  const workers = () => Promise.resolve(new ForkHost(''));
  return createApplication(openOutside({ dataDir: dir, version: '0', executable, logger, workers }));
}

/**
 * Approves a proposal in another process, and kills that process `delayMs` after it begins. Returns how long it lived
 * from then on, in ms.
 */
async function killedApproval(script: string, dir: string, id: string, delayMs: number): Promise<number> {
  const child = spawn(process.execPath, [script, dir, id], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const begun = performance.now();
  const timer = setTimeout(() => child.kill('SIGKILL'), delayMs);
  await ended;
  clearTimeout(timer);
  return performance.now() - begun;
}

it(`an approval whose process is killed ${kills} times is decided at the next look, and creates one task at most`, async () => {
  const script = await builtScript('main/testing/children/approve-child.ts');
  const dir = temporaryDir();
  writeFileSync(join(dir, 'config.json'), JSON.stringify({ osScheduler: 'in-process' }));
  const application = open(dir);
  const [agents, tasks] = [await application.agents(), await application.tasks()];
  const states: Record<string, number> = {};
  // Machines differ: the first approval is not killed, and the others are killed at every part of the time it took.
  let wholeMs = 60_000;
  for (let round = 0; round < kills; round += 1) {
    const name = `Task ${round}`;
    const draft = { name, schedule: 'every day at 9am', tool: 'shell:run', parameters: { command: 'true' } };
    const change = { action: 'create', draft, validate: true, testRun: false } as const;
    const submitted = await agents.submit(change, { name: 'Claude', version: '1.0' });
    const id = submitted.kind === 'waits' ? submitted.proposal.id : '';
    const livedMs = await killedApproval(script, dir, id, (wholeMs * (kills - round)) / kills);
    if (round === 0) wholeMs = livedMs;
    const named = () => tasks.list().filter((task) => task.name === name).length;
    const { state } = agents.proposals.get(id);
    expect([state, named()]).toEqual(named() === 1 ? ['applied', 1] : ['pending', 0]);
    states[state] = (states[state] ?? 0) + 1;
    if (state === 'pending') await agents.proposals.approve(id, 'cli');
    else await expect(agents.proposals.approve(id, 'cli')).rejects.toMatchObject({ code: 'agent/proposal-decided' });
    expect(named()).toBe(1);
  }
  await application.close();
  expect(states['applied']).toBeGreaterThan(0);
  process.stdout.write(`killed ${kills} times: ${JSON.stringify(states)}\n`);
}, 600_000);
