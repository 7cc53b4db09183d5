import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliFor, runLine } from '../../../testing/cli-harness.ts';
import { memoryApplication } from '../../../testing/memory-application.ts';
import type { MemoryApplication } from '../../../testing/memory-application.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication();
});
afterEach(() => application.dispose());
const { ok } = cliFor(() => application);

describe('environment', () => {
  it('shows what tasks get, and hides what looks like a secret', async () => {
    const env = { PATH: '/usr/bin', API_TOKEN: 'tok-123456', PIN_PASSWORD: '1234', EDITOR: 'vi' };
    const shell = { env, source: 'cache' as const, capturedAt: '2026-11-23T08:00:00.000Z', problem: null };
    const ask = () => Promise.resolve(shell);
    application.outside.loginShell = () => Promise.resolve({ captured: ask, present: ask, renew: ask, refresh: ask });
    expect((await ok('environment show')).variables).toEqual([
      { name: 'API_TOKEN', value: null, hidden: true },
      { name: 'EDITOR', value: 'vi', hidden: false },
      { name: 'PATH', value: '/usr/bin', hidden: false },
      { name: 'PIN_PASSWORD', value: null, hidden: true },
    ]);
    const { stdout } = await runLine(application, ['environment', 'show']);
    expect(stdout).toContain('API_TOKEN=(hidden)\nEDITOR=vi\n');
    expect(stdout).not.toContain('tok-123456');
  });

  it('is compared with a new login shell, and captured again', async () => {
    expect(await ok('environment compare')).toMatchObject({ count: 1, differences: [], problem: null });
    expect(await ok('environment refresh')).toMatchObject({ count: 1, problem: null });
  });
});
