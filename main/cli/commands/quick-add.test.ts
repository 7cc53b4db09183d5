import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliFor } from '../../testing/cli-harness.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());
const { ok, fails } = cliFor(() => application);

async function quickAdd(...args: string[]) {
  const answer = await ok('quick-add', ...args);
  if ('opened' in answer) throw new Error('the window was opened');
  return answer;
}

describe('quick-add', () => {
  it('reads a line of a crontab with the variables before it, and says what is not kept', async () => {
    const { task, warnings } = await quickAdd('MAILTO=me@a.test\nCRON_TZ=Europe/Berlin\nA=1\n0 9 * * * run.sh');
    expect(task).toMatchObject({
      name: 'run.sh',
      cronExpression: '0 9 * * *',
      timezone: 'Europe/Berlin',
      parameters: { command: 'run.sh' },
      env: { A: '1' },
    });
    expect(warnings[0]).toMatch(/MAILTO is not kept/);
  });

  it('runs a cURL command as it is, or sends its request with --request', async () => {
    const line = 'every hour: curl -m 9 -d @f https://a.test/beat';
    expect((await quickAdd(line)).task.tool).toBe('shell:run');
    const { task, warnings } = await quickAdd('--name', 'Beat', '--request', line);
    expect(task).toMatchObject({
      tool: 'http:request',
      parameters: { url: 'https://a.test/beat' },
      policies: { timeoutMs: 9000 },
    });
    expect(warnings[0]).toMatch(/the file f is not read/);
  });

  it.each([
    [['--request', 'every hour: curl https://a.test/ | jq .'], /--request: A request is one cURL command/],
    [['--request', 'every hour: backup.sh'], /--request: This is no cURL command/],
    [['--request', 'every hour: https://a.test/'], /--request: It is a request already/],
    [['@daily a\n@hourly b'], /2 lines of a crontab.*import FILE --kind crontab/],
    [['https://a.test/'], /is incomplete: write SCHEDULE: COMMAND/],
  ])('refuses %j', async (args, message) => {
    expect((await fails('quick-add', ...args)).error.message).toMatch(message);
  });
});
