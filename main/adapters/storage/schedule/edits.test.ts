import { beforeEach, describe, expect, it } from 'vitest';
import type { ScheduleFile } from '../../../contract/task.ts';
import type { AuditEvent } from '../../../ports/ledger/audit.ts';
import { addTask } from '../../../testing/schedule-samples.ts';
import { scheduleText } from './document.ts';
import { auditForeignText, isOwnText, markOwnText, wasChecked, type EditLedger } from './edits.ts';

let marks: Map<string, string>;
let audited: AuditEvent[];
let ledger: EditLedger;
beforeEach(() => {
  marks = new Map();
  audited = [];
  const fake: Pick<EditLedger, 'mark' | 'setMark' | 'audit'> = {
    mark: (name) => marks.get(name) ?? null,
    setMark: (name, value) => void marks.set(name, value),
    audit: (event) => audited.push(event),
  };
  ledger = fake as EditLedger;
});

const at = '2026-11-23T09:00:00.000Z';
/** Returns a file with tasks of these names, and its text. */
function written(names: Record<string, string>): { file: ScheduleFile; text: string } {
  const file: ScheduleFile = { version: '2.0.0', tasks: {}, timings: {} };
  for (const [id, name] of Object.entries(names)) addTask(file, { id, name });
  return { file, text: scheduleText(file) };
}
const [old, now] = [written({ a: 'A', b: 'B', c: 'C' }), written({ a: 'A', b: 'B2', d: 'D' })];
const told = () =>
  audited.map(({ action, taskId, before, after }) => [action, taskId, before === null, after === null]);
const allNew = ['a', 'b', 'd'].map((id) => ['task.create', id, true, false]);

describe('a text', () => {
  it('is our own, and was checked, once it is marked', () => {
    expect([isOwnText(ledger, old.text), wasChecked(ledger, old.text)]).toEqual([false, false]);
    markOwnText(ledger, old.text);
    expect([isOwnText(ledger, old.text), wasChecked(ledger, old.text)]).toEqual([true, true]);
    expect([isOwnText(ledger, now.text), wasChecked(ledger, now.text)]).toEqual([false, false]);
  });

  it('of a version with other rules is our own, but has to be checked', () => {
    markOwnText(ledger, old.text);
    marks.set('schedule.json.rules', 'older');
    expect([isOwnText(ledger, old.text), wasChecked(ledger, old.text)]).toEqual([true, false]);
  });
});

describe('an edit by hand', () => {
  it('is audited for each task that it changed, against the text that this app wrote last', () => {
    markOwnText(ledger, old.text);
    auditForeignText(ledger, { ...now, backups: ['nonsense', old.text], at });
    expect(told()).toEqual([
      ['task.update', 'b', false, false],
      ['task.delete', 'c', false, true],
      ['task.create', 'd', true, false],
    ]);
    expect(audited.map((event) => [event.at, event.author])).toEqual(Array.from({ length: 3 }, () => [at, 'file']));
    expect(audited[0]).toMatchObject({ before: old.file.tasks['b'], after: now.file.tasks['b'] });
  });

  it('is our own text afterwards, so that it is audited once', () => {
    auditForeignText(ledger, { ...now, backups: [], at });
    expect(wasChecked(ledger, now.text)).toBe(true);
  });

  it('is compared with the newest other backup, if none has the text that this app wrote', () => {
    markOwnText(ledger, 'a text that no backup has');
    auditForeignText(ledger, { ...now, backups: [now.text, old.text], at });
    expect(told().map(([action]) => action)).toEqual(['task.update', 'task.delete', 'task.create']);
  });

  it.each([
    ['the ledger never recorded a text', null, [old.text]],
    ['no backup is left', 'gone', []],
    ['the only backup is the edit itself', 'gone', [now.text]],
    ['the backup cannot be read', 'gone', ['nonsense']],
  ])('makes every task new if %s', (_why, mark, backups) => {
    if (mark !== null) marks.set('schedule.json', mark);
    auditForeignText(ledger, { ...now, backups, at });
    expect(told()).toEqual(allNew);
  });
});
