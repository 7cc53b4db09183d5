import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { expect, inject, it } from 'vitest';
import type { OsGroup } from '../../../ports/os-scheduler.ts';
import { Wine } from '../../../testing/wine/wine.ts';
import { contextOf, cronTexts, groupOf } from '../testing/schedule-arbitraries.ts';
import { utf16 } from './schtasks.ts';
import { taskPath, translateToWindows } from './translate.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const context = {
  ...contextOf('Europe/London', NOW),
  command: ['C:\\Program Files\\NCP Scheduler\\ncp-scheduler.exe'],
  homeDir: 'C:\\Users\\kim',
};

/** Returns where Wine stores a task of this name. */
function fileOf(wine: Wine, name: string): string {
  return join(wine.drive, 'windows', 'system32', 'tasks', ...name.split('\\'));
}

/** A minimal task, to tell a Wine whose Task Scheduler does not start from one that rejects this app's XML. */
const PLAIN = `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><RegistrationInfo/><Triggers/>
<Actions><Exec><Command>a.exe</Command></Exec></Actions></Task>`;

const groups: OsGroup[] = [
  ...['0 9 * * 1-5', '*/15 9-17 * * *', '0 9 L * *', '30 1 8-14 3,10 1#2', '1,4,9,11 1,2,5,9 * * *'],
  ...fc.sample(cronTexts, { numRuns: 8, seed: 3 }),
].map((text, index) => ({ ...groupOf(text, 'Europe/London', `cron-${index}`), description: `<${text}> & "ü"\u0001` }));
const once: OsGroup = {
  timingId: 'once',
  key: 'once',
  description: 'Once',
  schedule: { kind: 'once', atMs: NOW + 86_400_000, timezone: 'Europe/London' },
};

/** Returns `<name>text</name>` of these elements, as Wine writes them: without escapes. */
function kept(xml: string): string[] {
  const parser = new XMLParser({ parseTagValue: false, processEntities: true });
  const { Task } = parser.parse(xml) as {
    readonly Task: Readonly<Record<'RegistrationInfo' | 'Settings', Readonly<Record<string, string>>>>;
  };
  return Object.entries({ ...Task.RegistrationInfo, ...Task.Settings }).map(
    ([name, text]) => `<${name}>${text}</${name}>`,
  );
}

interface Task {
  readonly id: string;
  readonly name: string;
  readonly xml: string;
}
const create = ({ id, name }: Task): string[] => [
  `schtasks /Create /TN "${name}" /XML C:\\${id}.xml /F`,
  `echo created ${id} %errorlevel%`,
];
const remove = ({ id, name }: Task): string[] => [
  `schtasks /Delete /TN "${name}" /F`,
  `echo deleted ${id} %errorlevel%`,
];
/** The XML reader of Wine 8 (`reader_more` in its xmllite) fails or crashes on any XML slightly larger than this. */
const WINE_READS_CHARACTERS = 7000;
const installed = [...groups, once]
  .map((group): Task => {
    const xml = translateToWindows(group, context).artifacts[0]?.content ?? '';
    return { id: group.timingId, name: taskPath(group.timingId, ''), xml };
  })
  .filter(({ xml }) => xml.length < WINE_READS_CHARACTERS);
const broken = { id: 'broken', name: taskPath('broken', ''), xml: installed[0]?.xml.replace('</Triggers>', '') ?? '' };
const plain = { id: 'plain', name: '\\plain', xml: PLAIN };

// Wine 8 reads the whole document, and keeps what it supports: the registration and the settings, not yet the triggers.
it('Wine’s schtasks accepts the XML, keeps its marker and settings, rejects broken XML, and deletes tasks', async (test) => {
  const windows = inject('wine');
  if ('problem' in windows) return test.skip(windows.problem);
  const wine = new Wine(windows.folder);
  expect(installed.length).toBeGreaterThan(6);
  for (const { id, xml } of [...installed, broken, plain]) writeFileSync(join(wine.drive, `${id}.xml`), utf16(xml));

  // The service starts with the first task; a busy machine needs several tries.
  const attempt = [
    ...create(plain),
    'if exist C:\\windows\\system32\\tasks\\plain goto ready',
    'ping -n 4 127.0.0.1 >nul',
  ];
  const tries = Array.from({ length: 8 }, () => attempt).flat();
  const created = await wine.batch([
    ...tries,
    'goto end',
    ':ready',
    'echo ready',
    ...[...installed, broken].flatMap(create),
    ':end',
  ]);
  if (!created.includes('ready')) {
    test.skip(`the Task Scheduler service of this Wine does not start: ${created.join(' ')}`);
  }
  for (const task of installed) {
    expect(created).toContain(`created ${task.id} 0`);
    const stored = readFileSync(fileOf(wine, task.name), 'utf8');
    for (const element of kept(task.xml)) expect(stored).toContain(element);
  }
  expect(created).toContain('created broken 1');
  expect(existsSync(fileOf(wine, broken.name))).toBe(false);

  const deleted = await wine.batch(installed.flatMap(remove));
  for (const { id, name } of installed) {
    expect(deleted).toContain(`deleted ${id} 0`);
    expect(existsSync(fileOf(wine, name))).toBe(false);
  }
});
