import { SchedulerError } from '../../domain/errors.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import type { Application } from '../application.ts';

/** @throws SchedulerError `schedule/…`. */
export async function cronSpec(cron: string, timezone: string): Promise<ScheduleSpec> {
  const [{ parseCron }, { assertTimeZone }] = await Promise.all([
    import('../../domain/cron/parse-cron.ts'),
    import('../../domain/timing/time-zone.ts'),
  ]);
  return { kind: 'cron', cron: parseCron(cron), timezone: assertTimeZone(timezone) };
}

/** @throws SchedulerError `timing/not-found`. */
export async function timingSpec(application: Application, timingId: string): Promise<ScheduleSpec> {
  const { specOf } = await import('../../domain/timing/spec-of.ts');
  const timings = await (await application.tasks()).timings();
  const timing = timings.find(({ id }) => id === timingId);
  if (timing !== undefined) return specOf(timing);
  throw new SchedulerError('timing/not-found', `There is no timing group "${timingId}". \`timings\` lists them.`, {
    timingId,
    known: timings.map(({ id }) => id).slice(0, 50),
  });
}
