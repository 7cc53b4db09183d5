import { describe, expect, test } from 'vitest';
import { text } from '../../../text/en.ts';
import { emptyForm } from '../task-form.ts';
import type { TaskForm } from '../task-form.ts';
import { holdsMore, sectionFields, type Section } from './sections.ts';

const zone = 'Europe/Berlin';
const empty = emptyForm(zone);
const sections = Object.keys(sectionFields) as Section[];
const openOf = (change: Partial<TaskForm>) =>
  sections.filter((section) => holdsMore({ ...empty, ...change }, section, zone));

test('every field is always shown or in one section', () => {
  const shown = ['runsOn', 'memberTags', 'name', 'schedule', 'tool', 'parameters', 'parametersText'];
  const hidden = Object.values(sectionFields).flat();
  expect([...shown, ...hidden].sort()).toEqual(Object.keys(empty).sort());
});

describe('a section', () => {
  test('is closed while it holds defaults', () => expect(openOf({})).toEqual([]));

  const changes: [Partial<TaskForm>, Section][] = [
    [{ after: [{ taskId: 'a', on: 'success' }] }, 'chain'],
    [{ timezone: 'Asia/Tokyo' }, 'more'],
    [{ tags: ['night'] }, 'more'],
    [{ calendars: { weekends: 'skip' } }, 'calendars'],
    [{ probeLook: 'own' }, 'probe'],
    [{ env: 'A=1' }, 'more'],
    [{ doubt: 'ignore' }, 'success'],
    [{ retries: '2' }, 'trouble'],
    [{ overlap: 'allow-all' }, 'trouble'],
    [{ longAfter: '3x' }, 'attention'],
    [{ alertsTo: 'nowhere' }, 'alerts'],
    [{ fireOnce: true }, 'limits'],
  ];
  test.each(changes)('with %j is open', (change, section) => expect(openOf(change)).toEqual([section]));
});

describe('what a closed section says', () => {
  const words = text.sections;
  const trouble = (change: Partial<TaskForm>) => words.troubleSummary({ ...empty, ...change });
  const limits = (change: Partial<TaskForm>) => words.limitSummary({ ...empty, timeout: '5m', ...change });
  const more = (change: Partial<TaskForm>) => words.moreSummary({ ...empty, zone: null, ...change });

  test('with defaults', () => {
    expect(trouble({})).toBe('no retries');
    expect(limits({})).toBe('5m limit');
    expect(more({})).toBe('system time zone, home directory');
  });

  test('with everything', () => {
    expect(trouble({ retries: '2', overlap: 'buffer-one', catchUp: 'once', pauseAfterFailures: '1' })).toBe(
      '2 retries, one run waits, one run for missed runs, pause after 1 failure',
    );
    expect(limits({ memoryMb: '512', maxProcesses: '50', maxExecutions: '9', jitter: '20s', onlyOnline: true })).toBe(
      '5m limit, 512 MiB, 50 processes, random delay up to 20s, finishes after 9 runs, only when online',
    );
    expect(more({ workingDirectory: ' ~/x ', tags: ['a', 'b'], description: 'Why', env: 'A=1\n\nB=2' })).toBe(
      'system time zone, ~/x, #a #b, description, 2 variables',
    );
  });
});
