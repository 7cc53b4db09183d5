import { SlotCalendar, calendarMark } from '../../services/slot-calendar/slot-calendar.ts';
import { Metrics, metricsMark } from '../../services/metrics/metrics.ts';
import { Publishing } from '../../services/publishing/publishing.ts';
import type { MetricOperations } from '../operations.ts';
import type { Core } from '../core.ts';
import type { Outside } from '../outside.ts';

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function slotCalendarOperations(outside: Outside, { planner }: Core): SlotCalendar {
  const { store, ledger, clock } = outside;
  return new SlotCalendar({ store, ledger, clock, planner, pause, writer: () => outside.calendarWriter() });
}

export function metricOperations(outside: Outside, { planner, fleet }: Core): MetricOperations {
  const { store, ledger, clock, machine } = outside;
  const metrics = new Metrics({ store, ledger, clock, planner, pause, version: machine.version, fleet: fleet.counts });
  return {
    text: () => metrics.text(),
    shared: () => metrics.shared(),
    write: async (path) => {
      const [files, content] = await Promise.all([outside.publishedFiles(), metrics.text()]);
      files.write({ path, content, mark: metricsMark, readers: 'everyone' });
    },
  };
}

/** Returns what keeps the files of the settings up to date. */
export async function createPublishing(outside: Outside, core: Core): Promise<Publishing> {
  const { settings, ledger, clock, logger } = outside;
  const metrics = metricOperations(outside, core);
  const calendar = slotCalendarOperations(outside, core);
  return new Publishing({
    ...{ settings, ledger, clock, logger, files: await outside.publishedFiles() },
    publications: [
      { setting: 'metricsFile', mark: metricsMark, readers: 'everyone', content: () => metrics.text() },
      {
        ...{ setting: 'calendarFile', mark: calendarMark, readers: 'owner' },
        content: () => calendar.ofSettings(settings.read()),
      },
    ],
  });
}
