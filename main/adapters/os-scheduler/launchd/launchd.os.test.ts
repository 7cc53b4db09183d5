import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { createCommandRunner } from '../run-program.ts';
import { contextOf, cronTexts, groupOf, zones } from '../testing/schedule-arbitraries.ts';
import { readAgentFile } from './agent-file.ts';
import { translateToLaunchd } from './translate.ts';

const run = createCommandRunner();

it('libplist’s plistutil reads the agents', async (test) => {
  if ((await run('plistutil', ['--version'])).failure !== null)
    test.skip('plistutil (libplist-utils) is not installed');
  // From a file: plistutil 2.2 overruns its buffer and crashes when standard input is longer than 64 KiB.
  const folder = mkdtempSync(join(tmpdir(), 'ncp-launchd-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'agent.plist');
  await fc.assert(
    fc.asyncProperty(cronTexts, zones, fc.string({ unit: 'binary' }), async (text, zone, description) => {
      const group = { ...groupOf(text, zone), description };
      const { artifacts } = translateToLaunchd(group, contextOf('UTC', Date.now()));
      const content = artifacts[0]?.content ?? '';
      writeFileSync(file, content);
      const read = await run('plistutil', ['-i', file, '-o', '-', '-f', 'xml']);
      expect(read).toMatchObject({ exitCode: 0, stderr: '' });
      expect(readAgentFile(read.stdout)).toEqual(readAgentFile(content));
      expect(readAgentFile(content)?.Label).toBe('org.ncp-scheduler.test-group');
    }),
    { numRuns: 15, endOnFailure: true },
  );
});
