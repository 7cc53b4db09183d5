import { describe, expect, it } from 'vitest';
import { neverRunAt } from '../../../contract/schedule-rule.ts';
import { settingsSchema } from '../../../contract/settings.ts';
import { policiesSchema, scheduleFileSchema, taskSchema, timingSchema } from '../../../contract/task.ts';
import { exportDocumentSchema, exportedFiguresSchema, importOptionsSchema } from '../../../contract/transfer.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { importSettings } from '../import-settings.ts';
import { readOwnDocument } from '../own-document.ts';
import { everySetting, wholeExport, wholePolicies, wholeTask } from '../../../testing/documents/whole-export.ts';

type Path = readonly (string | number)[];

/** Returns every sentence with which a document is refused, or with which parts of it are not taken over. */
function objections(document: unknown): string {
  try {
    const source = readOwnDocument(JSON.stringify(document), () => false);
    const { changes } = importSettings(source, settingsSchema.parse({}), importOptionsSchema.parse({}));
    const refused = changes.filter(({ action }) => action === 'refused').map(({ name, reason }) => `${name} ${reason}`);
    return [
      ...source.notes,
      ...source.refused.map(({ reason }) => reason),
      ...source.candidates.flatMap(({ notes }) => notes),
      ...refused,
    ].join('\n');
  } catch (problem) {
    if (!(problem instanceof SchedulerError)) throw problem;
    return problem.message;
  }
}

const usual = new Set(objections(wholeExport).split('\n'));

/** As `objections`, without what is said of the unchanged export. */
function newObjections(document: unknown): string {
  return objections(document)
    .split('\n')
    .filter((line) => !usual.has(line))
    .join('\n');
}

/** Places where any name is right: records by id or name, and the parameters of a tool. */
const free =
  /^(schedule\.(tasks|timings)|figures|settings|settings\.\w+|.*\.(env|headers|parameters|overrides|channels))$/;
/** MCP servers keep the fields of other programs; permissions of agents and the servers of a machine stay there. */
const unread = /^settings\.(mcpServers|agents)/;

function placesOf(value: unknown, path: Path = []): { path: Path; fields: string[] }[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([name, part]) => placesOf(part, [...path, name]));
  const place = path.join('.');
  if (Array.isArray(value) || free.test(place) || unread.test(place)) return inner;
  return [{ path, fields: Object.keys(value) }, ...inner];
}

function changed(path: Path, change: (owner: Record<string, unknown>) => void): unknown {
  const document = structuredClone(wholeExport) as unknown as Record<string, unknown>;
  change(path.reduce((owner, name) => owner[name] as Record<string, unknown>, document));
  return document;
}

const places = placesOf(wholeExport);
const fields = places.flatMap(({ path, fields: names }) =>
  names.map((name) => [[...path, name].join('.'), path, name] as const),
);

describe('an export', () => {
  it('has every field of the format in this test', () => {
    const keys = (value: object) => Object.keys(value).sort();
    expect(keys(wholeExport)).toEqual(keys(exportDocumentSchema.shape));
    expect(keys(wholeExport.schedule)).toEqual(keys(scheduleFileSchema.shape));
    expect(keys(wholeTask)).toEqual(keys(taskSchema.shape));
    expect(keys(wholePolicies)).toEqual(keys(policiesSchema.shape));
    const [group] = Object.values(wholeExport.schedule.timings);
    expect(keys({ ...group, runAt: '' })).toEqual(keys(timingSchema.shape));
    expect(keys(wholeExport.figures['task-1'] ?? {})).toEqual(keys(exportedFiguresSchema.shape));
    expect(keys(everySetting)).toEqual(keys(settingsSchema.shape));
  });

  it('is taken over whole, but for what belongs to its machine', () => {
    const expected =
      /This setting belongs to one machine|permissions to agents|All tasks were paused|belongs to a fleet/;
    expect(
      objections(wholeExport)
        .split('\n')
        .filter((line) => !expected.test(line)),
    ).toEqual([]);
  });

  it.each(fields)('names a mistyped %s', (_, path, name) => {
    const typo = `${name}x`;
    expect(objections(changed(path, (owner) => (owner[typo] = owner[name])))).toContain(typo);
  });

  it.each(fields)('names %s with a value of another type', (_, path, name) => {
    const wrong = changed(path, (owner) => (owner[name] = typeof owner[name] === 'string' ? { odd: 1 } : 'odd'));
    expect(newObjections(wrong)).toMatch(new RegExp(`(?:^|[ ."])${name}\\b`, 'm'));
  });

  it.each([
    [{ events: ['bogus'] }, neverRunAt, 'there is no event "bogus". The events are startup, login, unlock, wake.'],
    [{ events: ['logn'] }, neverRunAt, 'Did you mean login?'],
    [{ events: ['login'] }, '2027-01-01T00:00:00.000Z', 'counts only if runAt is 2199'],
    [{ events: [], crons: ['0 9 * * *'] }, neverRunAt, 'scheduleRule.events and scheduleRule.crons exclude each other'],
    [{ crons: ['0 9 * * *'] }, '2027-01-01T00:00:00.000Z', 'scheduleRule.crons and runAt exclude each other'],
    [{ crons: ['0 9 * * *'], lines: ['0 9 LW * *'] }, undefined, 'lines and scheduleRule.crons exclude each other'],
    [{ interval: { minutes: 90, from: '2026-12-01T08:00:00.000Z' }, crons: ['0 9 * * *'] }, undefined, 'interval and'],
    [{ crons: ['0 7 * * *', '0 8 * * *'] }, undefined, 'scheduleRule does not belong to cronExpression "0 9 * * *"'],
    [{}, undefined, 'scheduleRule is empty'],
  ])('with the rule %j at %s is refused, or says that the rule was not taken over', (scheduleRule, runAt, text) => {
    const { every: _every, ...task } = { ...wholeTask, every: null, runAt, scheduleRule };
    const document = changed(['schedule', 'tasks'], (tasks) => (tasks['task-1'] = task));
    expect(objections(document)).toContain(text);
  });

  it('with a field "__proto__" is refused, and one with that text is not', () => {
    const text = JSON.stringify(wholeExport);
    const hidden = JSON.parse(text.replace('"task-2":', '"__proto__":')) as object;
    expect(Object.hasOwn((hidden as typeof wholeExport).schedule.tasks, '__proto__')).toBe(true);
    expect(objections(hidden)).toContain('it has a field "__proto__"');
    expect(objections(JSON.parse(text.replace('Of the disk.', '__proto__')))).not.toContain('__proto__');
  });

  it('names the nearest field: a budget, a setting, a field of a task', () => {
    const at = (...path: Path) => ['schedule', 'tasks', 'task-1', ...path];
    const budget = changed(at('policies', 'budget', 'perDay'), (owner) => (owner['minuts'] = 5));
    expect(objections(budget)).toContain('policies.budget.perDay.minuts does not exist. Did you mean minutes?');
    expect(objections(changed(at(), (owner) => (owner['tagz'] = [])))).toContain(
      'tagz does not exist. Did you mean tags?',
    );
    const setting = changed(['settings'], (owner) => (owner['defaultTimout'] = 5));
    expect(objections(setting)).toContain('no such setting. Did you mean defaultTimeout?');
  });
});

it('an export of more tasks than are read from another scheduler is read as a whole', () => {
  // Refused one by one, because whole tasks take seconds to read.
  const tasks = Object.fromEntries(Array.from({ length: 20_001 }, (_, index) => [`t${index}`, 'no task']));
  const text = JSON.stringify({ ...wholeExport, schedule: { ...wholeExport.schedule, tasks } });
  expect(readOwnDocument(text, () => false).refused).toHaveLength(20_001);
});
