import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agentsHome } from '../agent-schedules/testing/agents-home.ts';
import { context } from '../testing/readings.ts';
import { agentJobs } from './agent-jobs.ts';

test('what agents schedule is listed with its times, its prompt and why it does not run', () => {
  const home = agentsHome();
  const { jobs, unread } = agentJobs({ platform: 'linux', homeDir: home.homeDir, env: {} }, context);
  expect(unread).toEqual([]);
  const job = (source: string) => jobs.find((each) => each.source === source);
  expect(job('Claude Desktop: review')).toMatchObject({
    ...{ place: 'agents', name: 'Review', command: 'Review the open pull requests.', runsAs: null, stopped: null },
    ...{ schedules: [{ timezone: 'Europe/Berlin' }], trigger: null, written: '*/30 9-20 * * 1-5' },
    last: { result: 'unknown', detail: expect.stringContaining('only while Claude Desktop is open') as string },
  });
  expect(job('Claude Desktop: old')?.stopped).toBe('It is switched off in Claude Desktop.');
  expect(job('Claude Desktop: lost')).toMatchObject({
    ...{ schedules: [], command: null },
    trigger: expect.stringContaining('SKILL.md does not exist') as string,
  });
  expect(job('Codex: weekly-notes')?.written).toContain('FREQ=WEEKLY');
  expect(job(`Claude Code: ${join(home.homeDir, 'project')} 875bb1c1`)?.original).toContain('"prompt"');
});

test('a file that cannot be read is named', () => {
  const home = agentsHome();
  home.write(home.files.goose, '{ broken');
  const { unread } = agentJobs({ platform: 'linux', homeDir: home.homeDir, env: {} }, context);
  expect(unread).toMatchObject([{ place: 'agents', reason: expect.stringContaining(home.files.goose) as string }]);
});
