import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseStrictly } from '../../services/metrics/testing/strict-parser.ts';
import { runLine } from '../../testing/cli-harness.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());

describe('metrics', () => {
  it('prints what Prometheus reads, unchanged', async () => {
    await runLine(application, [
      'create',
      '--name',
      'a "b" \\ c',
      '--schedule',
      'every hour',
      '--tool',
      'shell:run',
      '--params',
      '{"command":"true"}',
      '--no-test',
    ]);
    const { stdout, code } = await runLine(application, ['metrics']);
    expect(code).toBe(0);
    expect(parseStrictly(stdout).get('ncp_build_info')?.samples).toEqual([{ labels: { version: '1.2.3' }, value: 1 }]);
    expect(stdout).toBe(await (await application.metrics()).text());
  });

  it('writes a file that every user can read', async () => {
    const { stdout } = await runLine(application, ['metrics', '--textfile', '/srv/ncp.prom']);
    expect(stdout).toBe('Wrote the metrics to /srv/ncp.prom.\n');
    expect(application.outside.published.get('/srv/ncp.prom')).toMatchObject({ readers: 'everyone' });
  });
});

describe('the settings of files for other programs', () => {
  it.each(['metricsFile', 'calendarFile'])('%s takes an absolute path', async (name) => {
    const { code, stderr } = await runLine(application, ['settings', 'set', name, 'ncp.prom']);
    expect(code).toBe(2);
    expect(stderr).toContain('Give an absolute path');
    await runLine(application, ['settings', 'set', name, '/srv/file']);
    expect(application.settings.read()).toMatchObject({ [name]: '/srv/file' });
  });

  it('are checked by the doctor, which names a file that could not be written', async () => {
    application.settings.update({ metricsFile: '/srv/ncp.prom' });
    application.ledger.setMark('publishing:metricsFile', 'Cannot write /srv/ncp.prom: no space.');
    const { stdout } = await runLine(application, ['doctor']);
    expect(stdout).toContain('The file with metrics is not up to date');
    expect(stdout).toContain('Cannot write /srv/ncp.prom: no space.');
  });
});
