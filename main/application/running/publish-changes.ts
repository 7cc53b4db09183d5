import type { Publishing } from '../../services/publishing/publishing.ts';
import type { Primary, PrimaryListener } from './primary.ts';

/** Returns a listener that also has the files for other programs written after each change. */
export function publishingListener(
  listener: PrimaryListener,
  publishing: Pick<Publishing, 'changed'>,
): PrimaryListener {
  const after =
    <A extends readonly unknown[]>(tell: (...news: A) => void) =>
    (...news: A): void => {
      tell(...news);
      publishing.changed();
    };
  return {
    scheduleChanged: after(() => listener.scheduleChanged()),
    proposalsChanged: () => listener.proposalsChanged(),
    executionsChanged: after((executions) => listener.executionsChanged(executions)),
    executionsRemoved: (executionIds) => listener.executionsRemoved(executionIds),
    settingsChanged: after((news) => listener.settingsChanged(news)),
    slotsSettled: after((slots) => listener.slotsSettled?.(slots)),
    slotsMissed: () => listener.slotsMissed(),
    attentionChanged: (news) => listener.attentionChanged(news),
  };
}

/** Returns a primary that keeps the files for other programs up to date while it runs. */
export function publishingPrimary(primary: Primary, publishing: Pick<Publishing, 'start' | 'stop'>): Primary {
  return {
    start: () => {
      const isStarted = primary.start();
      if (isStarted) publishing.start();
      return isStarted;
    },
    sweep: () => primary.sweep(),
    happened: (event) => primary.happened(event),
    stop: async () => {
      await primary.stop();
      await publishing.stop();
    },
  };
}
