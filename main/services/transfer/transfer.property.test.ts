import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { scheduleFileSchema } from '../../contract/task.ts';
import { importOptionsSchema } from '../../contract/transfer.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { memoryApplication } from '../../testing/memory-application.ts';
import { mutated } from '../../testing/mutated-text.ts';
import { checkProperty, PROPERTY_TIMEOUT_MS } from '../../testing/property-runs.ts';

let folder = '';
let exported = '';
const servers = JSON.stringify({
  globalShortcut: 'Alt+C',
  mcpServers: {
    files: { command: 'npx', args: ['-y', 'files'], env: { TOKEN: 'x' } },
    docs: { url: 'https://a.example' },
  },
});

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ncp-import-fuzz-'));
  const application = memoryApplication();
  const tasks = await application.tasks();
  for (const [name, schedule] of [
    ['Backup', 'every day at 9am'],
    ['Report', 'every weekday at 9am'],
    ['Once', '2027-01-01T00:00:00Z'],
  ] as const) {
    const env = { API_TOKEN: 'hunter22' };
    await tasks.create(
      { name, schedule, timezone: 'UTC', tool: 'shell:run', parameters: { command: 'true' }, env },
      'test',
    );
  }
  application.settings.update({ mcpServers: { files: { command: 'npx', env: { TOKEN: 'abcdefghijkl' } } } });
  exported = JSON.stringify((await application.transfer()).exported({ withSecrets: false }).document, null, 1);
  application.dispose();
});
afterAll(() => rmSync(folder, { recursive: true }));

it(
  '600 mutated exports and server files are previewed and imported, or refused with an error; the file never changes, nor does the store after a refusal',
  async () => {
    const counts = { imported: 0, refused: 0 };
    const path = join(folder, 'file.json');
    const texts = fc.constantFrom(exported, exported, servers).chain(mutated);
    const imports = fc.asyncProperty(texts, fc.constantFrom('copy', 'replace', 'skip'), async (text, policy) => {
      writeFileSync(path, text);
      const bytes = readFileSync(path);
      const application = memoryApplication();
      try {
        counts[await importOf(application, path, policy)] += 1;
      } finally {
        application.dispose();
      }
      expect(readFileSync(path).equals(bytes)).toBe(true);
    });
    await checkProperty('mutated exports', 600, imports);
    expect(Math.min(counts.imported, counts.refused), JSON.stringify(counts)).toBeGreaterThan(20);
  },
  PROPERTY_TIMEOUT_MS,
);

async function importOf(
  application: ReturnType<typeof memoryApplication>,
  path: string,
  policy: 'copy' | 'replace' | 'skip',
): Promise<'imported' | 'refused'> {
  const transfer = await application.transfer();
  const before = JSON.stringify([application.store.read(), application.settings.read()]);
  const options = importOptionsSchema.parse({ policy });
  try {
    const source = await transfer.read(path, null);
    const planned = await transfer.preview(source, options);
    expect(JSON.stringify([application.store.read(), application.settings.read()])).toBe(before);
    const done = await transfer.apply(source, options, 'test');
    expect(done.changes.map(({ action }) => action)).toEqual(planned.changes.map(({ action }) => action));
    expectWhole(application.store.read());
    return 'imported';
  } catch (problem) {
    if (!(problem instanceof SchedulerError)) throw problem;
    expect(problem.message).toMatch(/[.?]$/);
    expect(JSON.stringify([application.store.read(), application.settings.read()])).toBe(before);
    return 'refused';
  }
}

/** Checks that every task is only in the group that it names. */
function expectWhole(stored: unknown): void {
  const file = scheduleFileSchema.parse(stored);
  const grouped = Object.values(file.timings).flatMap(({ id, taskIds }) =>
    taskIds.map((taskId) => `${taskId} in ${id}`),
  );
  const named = Object.values(file.tasks).map(({ id, timingId }) => `${id} in ${timingId}`);
  expect(grouped.sort()).toEqual(named.sort());
}
