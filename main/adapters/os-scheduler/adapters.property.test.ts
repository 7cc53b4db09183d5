import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextSlots } from '../../domain/timing/slots.ts';
import type { OsGroup, TranslateContext, Translation } from '../../ports/os-scheduler.ts';
import { repairHorizon } from './clock-changes.ts';
import { cronFires } from './cron/evaluate.ts';
import { translateToCron } from './cron/translate.ts';
import { readAgentFile } from './launchd/agent-file.ts';
import { launchdFires } from './launchd/evaluate.ts';
import { translateToLaunchd } from './launchd/translate.ts';
import { translateToSystemd } from './systemd/translate.ts';
import { onCalendarFires } from './testing/on-calendar.ts';
import { windowsFires } from './windows/evaluate.ts';
import { translateToWindows } from './windows/translate.ts';
import { bases, contextOf, cronTexts, groupOf, runsOf, schedule, zones } from './testing/schedule-arbitraries.ts';

const SLOTS = 500;

interface Adapter {
  readonly name: string;
  readonly runs: number;
  translate(group: OsGroup, context: TranslateContext): Translation;
  /** Computed from the artifacts alone. */
  fires(translation: Translation, context: TranslateContext, fromMs: number, untilMs: number): number[];
}

const adapters: readonly Adapter[] = [
  {
    name: 'systemd',
    runs: 500,
    translate: translateToSystemd,
    fires: ({ artifacts }, _context, fromMs, untilMs) => {
      const timer = artifacts.find(({ path }) => path.endsWith('.timer'))?.content ?? '';
      const specs = [...timer.matchAll(/^OnCalendar=(.*)$/gm)].map((match) => match[1] ?? '');
      return onCalendarFires(specs, fromMs, untilMs);
    },
  },
  {
    name: 'cron',
    runs: 500,
    translate: translateToCron,
    fires: ({ artifacts }, { machineTimezone }, fromMs, untilMs) => {
      const lines = (artifacts[0]?.content ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      return cronFires(lines, machineTimezone, fromMs, { untilMs });
    },
  },
  {
    name: 'launchd',
    runs: 500,
    translate: translateToLaunchd,
    fires: ({ artifacts }, { machineTimezone }, fromMs, untilMs) => {
      const intervals = readAgentFile(artifacts[0]?.content ?? '')?.StartCalendarInterval ?? [];
      return launchdFires(intervals, machineTimezone, fromMs, { untilMs });
    },
  },
  {
    name: 'windows',
    runs: 500,
    translate: translateToWindows,
    fires: ({ artifacts }, { machineTimezone }, fromMs, untilMs) =>
      windowsFires(artifacts[0]?.content ?? '', machineTimezone, fromMs, { untilMs }),
  },
];

describe.each(adapters)('$name', ({ name, runs, translate, fires }) => {
  it(
    'fires at each of the engine’s next 500 slots, and at no other time if it claims to be exact',
    { timeout: 3_600_000 },
    () => {
      let exact = 0;
      let worst = { rate: 0, what: '' };
      fc.assert(
        fc.property(cronTexts, zones, zones, fc.boolean(), bases, (text, zone, otherZone, same, fromMs) => {
          const machineZone = same ? zone : otherZone;
          const context = contextOf(machineZone, fromMs);
          const group = groupOf(text, zone);
          const translation = translate(group, context);
          const slots = nextSlots(schedule(text, zone), fromMs, SLOTS).filter(
            (slot) => slot < repairHorizon(fromMs).untilMs,
          );
          const found = fires(translation, context, fromMs, slots.at(-1) ?? fromMs);
          const known = new Set(found);
          const lost = slots.filter((slot) => !known.has(slot)).map((slot) => new Date(slot).toISOString());
          const what = `${text} in ${zone} on a machine in ${machineZone}\n${translation.artifacts[0]?.content ?? ''}`;
          expect(lost, `lost: ${what}`).toEqual([]);
          if (translation.covers === 'exact') {
            exact += 1;
            expect(found.length, `not exact: ${what}`).toBe(slots.length);
          } else {
            const days = Math.max(1, ((slots.at(-1) ?? fromMs) - fromMs) / 86_400_000);
            const rate = (found.length - slots.length) / days;
            if (rate > worst.rate) worst = { rate, what: `${text} in ${zone} on ${machineZone}` };
          }
        }),
        { numRuns: runsOf(runs), endOnFailure: true },
      );
      console.log(
        `${name}: ${runsOf(runs)} expressions, ${exact} exact, at most ${worst.rate.toFixed(1)} extra fires a day (${worst.what})`,
      );
    },
  );
});
