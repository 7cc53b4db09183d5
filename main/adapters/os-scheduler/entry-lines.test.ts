import { describe, expect, it } from 'vitest';
import { parseCron } from '../../domain/cron/parse-cron.ts';
import { combinedSpec } from '../../domain/timing/combined-spec.ts';
import { cronSpec } from '../../domain/timing/cron-spec.ts';
import { intervalSpec } from '../../domain/timing/interval-spec.ts';
import { nextSlots } from '../../domain/timing/slots.ts';
import { translateToCron } from './cron/translate.ts';
import { entryLines } from './entry-lines.ts';
import { translateToLaunchd } from './launchd/translate.ts';
import { translateToSystemd } from './systemd/translate.ts';
import { contextOf, groupOfSpec } from './testing/schedule-arbitraries.ts';
import { onCalendarFires } from './testing/on-calendar.ts';
import { translateToWindows } from './windows/translate.ts';

const nowMs = Date.UTC(2026, 10, 24, 12);
const context = contextOf('UTC', nowMs);
const union = groupOfSpec(cronSpec('30 6 * * *; 0 15 * * *; 45 20 * * *', 'UTC'));
const calendarsOf = (content = ''): string[] =>
  [...content.matchAll(/^OnCalendar=(.*)$/gm)].map((match) => match[1] ?? '');
const texts = (spec: ReturnType<typeof cronSpec>): string[] => {
  if (spec.kind === 'once') return [];
  return entryLines(spec).lines.map(({ canonical }) => canonical);
};

describe('an entry of several cron lines is exact', () => {
  it('for systemd, with an event for each', () => {
    const { artifacts, covers } = translateToSystemd(union, context);
    expect(covers).toBe('exact');
    expect(calendarsOf(artifacts[0]?.content)).toEqual([
      '*-*-* 06:30:00 UTC',
      '*-*-* 15:00:00 UTC',
      '*-*-* 20:45:00 UTC',
    ]);
  });

  it('for cron, with a line for each', () => {
    const { artifacts, covers } = translateToCron(union, context);
    const lines = (artifacts[0]?.content ?? '').split('\n').filter((line) => /^\d/.test(line));
    expect(covers).toBe('exact');
    expect(lines.map((line) => line.split(' ').slice(0, 5).join(' '))).toEqual([
      '30 6 * * *',
      '0 15 * * *',
      '45 20 * * *',
    ]);
  });

  it('for launchd and Windows', () => {
    expect(translateToLaunchd(union, context).covers).toBe('exact');
    expect(translateToWindows(union, context).covers).toBe('exact');
  });
});

describe('an entry of days that cron cannot say', () => {
  it.each([
    ['0 9 13 * +5', ['Fri *-*-13 09:00:00 UTC']],
    ['0 9 LW * *', ['Mon..Fri *-*~01 09:00:00 UTC', 'Fri *-*~02,03 09:00:00 UTC']],
    ['0 9 15W * *', ['Mon *-*-16 09:00:00 UTC', 'Mon..Fri *-*-15 09:00:00 UTC', 'Fri *-*-14 09:00:00 UTC']],
    ['0 9 L-3 * *', ['*-*~04 09:00:00 UTC']],
    ['0 9 1W 1 *', ['Mon *-01-02,03 09:00:00 UTC', 'Mon..Fri *-01-01 09:00:00 UTC']],
  ])('%s is exact for systemd', (text, calendars) => {
    const { artifacts, covers } = translateToSystemd(groupOfSpec(cronSpec(text, 'UTC')), context);
    expect(calendarsOf(artifacts[0]?.content).sort()).toEqual([...calendars].sort());
    expect(covers).toBe('exact');
  });

  it('fires on the narrowest days around them where the scheduler, or the month, cannot say them', () => {
    const group = groupOfSpec(cronSpec('0 9 LW * *', 'UTC'));
    for (const translate of [translateToCron, translateToLaunchd, translateToWindows])
      expect(translate(group, context).covers).toBe('superset');
    expect(translateToCron(group, context).artifacts[0]?.content).toContain('\n0 9 26-31 * * ');
    const late = translateToSystemd(groupOfSpec(cronSpec('0 9 30W * *', 'UTC')), context);
    expect([late.covers, calendarsOf(late.artifacts[0]?.content)]).toEqual([
      'superset',
      ['*-01,03..12-28..31 09:00:00 UTC'],
    ]);
  });
});

describe('an entry of every nth week', () => {
  const phase = { count: 2, unit: 'week', from: '2026-12-04' } as const;

  it('fires in every week, and the slot check decides', () => {
    const group = groupOfSpec(combinedSpec([parseCron('0 9 * * 5')], phase, 'UTC'));
    const { artifacts, covers, notes } = translateToSystemd(group, context);
    expect(covers).toBe('superset');
    expect(calendarsOf(artifacts[0]?.content)).toEqual(['Fri *-*-* 09:00:00 UTC']);
    expect(notes.join()).toContain('also elapses at other times');
  });
});

describe('an entry of an interval', () => {
  it('is exact in UTC if the interval divides a day', () => {
    const spec = intervalSpec(90, Date.UTC(2026, 10, 1), 'Europe/Berlin');
    expect(texts(spec)).toEqual(['0 */3 * * *', '30 1-22/3 * * *']);
    expect(translateToSystemd(groupOfSpec(spec), context).covers).toBe('exact');
  });

  it('fires at the largest step that hits every slot otherwise', () => {
    expect(texts(intervalSpec(7 * 60, Date.UTC(2026, 10, 1), 'UTC'))).toEqual(['0 * * * *']);
    expect(texts(intervalSpec(65, Date.UTC(2026, 10, 1), 'UTC'))).toEqual(['*/5 * * * *']);
  });

  it('lists the times of each weekday if the interval divides a week, and would wake the machine often otherwise', () => {
    const spec = intervalSpec(7, Date.UTC(2026, 10, 1), 'Europe/Berlin');
    const nowAndLater = [0, 3, 6].map((days) => nowMs + days * 86_400_000);
    const { artifacts, covers } = translateToSystemd(groupOfSpec(spec), context);
    expect(covers).toBe('exact');
    for (const fromMs of nowAndLater) {
      const slots = nextSlots(spec, fromMs, 300);
      expect(onCalendarFires(calendarsOf(artifacts[0]?.content), fromMs, slots.at(-1) ?? 0)).toEqual(slots);
    }
    expect(texts(spec).length).toBeLessThanOrEqual(7 * 24);
    expect(translateToCron(groupOfSpec(spec), context).covers).toBe('exact');
    expect(texts(intervalSpec(105, 0, 'UTC')).join()).not.toContain('*/15');
  });

  it('is one trigger for Windows, which repeats it exactly', () => {
    const { artifacts, covers } = translateToWindows(groupOfSpec(intervalSpec(65, 0, 'UTC')), context);
    expect(covers).toBe('exact');
    expect(artifacts[0]?.content).toContain('<Interval>PT1H5M</Interval>');
    expect(artifacts[0]?.content.match(/<TimeTrigger>/g)).toHaveLength(1);
  });
});
