import { expect, test } from 'vitest';
import { settingsSchema } from '../../contract/settings.ts';
import { sampleExecution } from '../../../renderer/testing/samples.ts';
import { diagnosticsReport } from './diagnostics-report.ts';

const secret = 'hunter2';
const report = diagnosticsReport({
  at: '2026-11-25T12:00:00.000Z',
  homeDir: '/home/ada',
  app: { version: '1.2.3', 'data directory': '/home/ada/.ncp/scheduler' },
  groups: 2,
  settings: settingsSchema.parse({
    apiKey: secret,
    mcpServers: {
      files: { command: 'npx', args: ['server', `--token=${secret}`], env: { TOKEN: secret } },
      remote: { url: `https://example.org/${secret}`, headers: { Authorization: secret } },
    },
  }),
  tasks: [
    { status: 'active', tool: 'shell:run' },
    { status: 'active', tool: `${secret}:tool` },
    { status: 'paused', tool: 'shell:run' },
    { status: 'active', tool: 'agent:run' },
  ],
  checks: [
    {
      id: 'os/entry:daily',
      title: 'Entry of "daily"',
      status: 'problem',
      message: `It is missing; https://ada:${secret}@example.org/?token=${secret} said so.`,
      fixable: true,
    },
  ],
  failures: [
    sampleExecution({
      taskName: secret,
      parameters: { command: secret },
      status: 'failure',
      exitCode: 3,
      error: { code: 'shell/exit-code', message: secret },
      result: secret,
    }),
  ],
});

test('contains what support would ask for', () => {
  expect(report).toContain('- version: 1.2.3');
  expect(report).toContain('- active: 3');
  expect(report).toContain('- shell:run: 2');
  expect(report).toContain('- agent:run: 1');
  expect(report).toContain('- MCP tool: 1');
  expect(report).toContain(
    '- problem: os/entry:daily: Entry of "daily": It is missing; https://ada:[hidden:1]@example.org/',
  );
  expect(report).toContain('- files: stdio');
  expect(report).toContain('- remote: streamable HTTP');
  expect(report).toContain('failure, after 1000 ms (exit code 3, shell/exit-code)');
});

test('contains the settings that cannot hold a secret, and no others', () => {
  expect(report).toContain('- notifyOnMissed: true');
  expect(report).toContain('- theme: system');
  expect(report).not.toContain('- agents:');
});

test('contains no secret from any field', () => expect(report).not.toContain(secret));

test('does not identify the person', () => {
  expect(report).not.toContain('/home/ada');
  expect(report).toContain('- data directory: ~/.ncp/scheduler');
});
