import type { OsSchedulerKind } from '../../../contract/os-scheduler-kinds.ts';
import type { OsGroup, TranslateContext, Translation } from '../../../ports/os-scheduler.ts';
import { cronFires } from '../cron/evaluate.ts';
import { translateToCron } from '../cron/translate.ts';
import { readAgentFile } from '../launchd/agent-file.ts';
import { launchdFires } from '../launchd/evaluate.ts';
import { translateToLaunchd } from '../launchd/translate.ts';
import { translateToSystemd } from '../systemd/translate.ts';
import { windowsFires } from '../windows/evaluate.ts';
import { translateToWindows } from '../windows/translate.ts';
import { onCalendarFires } from './on-calendar.ts';

/** An adapter, and when the OS scheduler fires the entries that it makes. */
export interface EvaluatedAdapter {
  readonly name: string;
  translate(group: OsGroup, context: TranslateContext): Translation;
  /** Computed from the artifacts alone. */
  fires(translation: Translation, context: TranslateContext, fromMs: number, untilMs: number): number[];
}

/** Every kind but `in-process`, which installs no entries. */
const evaluated: Readonly<Record<Exclude<OsSchedulerKind, 'in-process'>, Omit<EvaluatedAdapter, 'name'>>> = {
  systemd: {
    translate: translateToSystemd,
    fires: ({ artifacts }, _context, fromMs, untilMs) => {
      const timer = artifacts.find(({ path }) => path.endsWith('.timer'))?.content ?? '';
      const specs = [...timer.matchAll(/^OnCalendar=(.*)$/gm)].map((match) => match[1] ?? '');
      return onCalendarFires(specs, fromMs, untilMs);
    },
  },
  cron: {
    translate: translateToCron,
    fires: ({ artifacts }, { machineTimezone }, fromMs, untilMs) => {
      const lines = (artifacts[0]?.content ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      return cronFires(lines, machineTimezone, fromMs, { untilMs });
    },
  },
  launchd: {
    translate: translateToLaunchd,
    fires: ({ artifacts }, { machineTimezone }, fromMs, untilMs) => {
      const intervals = readAgentFile(artifacts[0]?.content ?? '')?.StartCalendarInterval ?? [];
      return launchdFires(intervals, machineTimezone, fromMs, { untilMs });
    },
  },
  windows: {
    translate: translateToWindows,
    fires: ({ artifacts }, { machineTimezone }, fromMs, untilMs) =>
      windowsFires(artifacts[0]?.content ?? '', machineTimezone, fromMs, { untilMs }),
  },
};

export const adapters: readonly EvaluatedAdapter[] = Object.entries(evaluated).map(([name, adapter]) => ({
  name,
  ...adapter,
}));
