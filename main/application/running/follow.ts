import { messageOf } from '../../domain/errors.ts';
import type { Marks } from '../../ports/ledger/marks.ts';
import { AttentionWatch } from '../../services/attention/attention-watch.ts';
import { ChangeFeed } from '../../services/desktop/change-feed.ts';
import type { Core } from '../core.ts';
import type { Outside } from '../outside.ts';
import type { FollowListener } from './primary.ts';

/** How often to look whether a task became late, takes too long or is overdue. The primary looks as often. */
const attentionMs = 30_000;

/**
 * Reports the changes of schedule, runs, missed slots, settings and attention that any process makes, and changes nothing itself:
 * it fires no group, updates no OS entry and leaves the notifications to the primary.
 *
 * @returns a function that stops it
 */
export function followChanges(outside: Outside, core: Core, listener: FollowListener): () => void {
  const { store, ledger, clock, logger, settings } = outside;
  const attention = new AttentionWatch({ store, ledger: ownMarks(ledger), attention: core.attention });
  const checkAttention = (): void => {
    try {
      const news = attention.check();
      if (news.begun.length + news.over.length > 0) listener.attentionChanged(news);
    } catch (problem) {
      logger.error('Could not check which tasks need attention', { problem: messageOf(problem) });
    }
  };
  const feed = new ChangeFeed(
    { store, ledger, clock, logger, sync: core.sync },
    {
      scheduleChanged: () => listener.scheduleChanged(),
      proposalsChanged: () => listener.proposalsChanged(),
      slotsMissed: () => listener.slotsMissed(),
      executionsRemoved: (executionIds) => listener.executionsRemoved(executionIds),
      executionsChanged: (executions) => {
        listener.executionsChanged(executions);
        if (attention.hasOpen) checkAttention();
      },
    },
  );
  let cancelBeat = (): void => undefined;
  const beat = (): void => {
    checkAttention();
    cancelBeat = clock.setTimer(beat, attentionMs);
  };
  const stopSettings = settings.watch(() =>
    listener.settingsChanged({ settings: settings.read(), problem: settings.problem() }),
  );
  feed.start();
  beat();
  return () => {
    stopSettings();
    cancelBeat();
    feed.stop();
  };
}

/** Remembers in this process only: the mark in the ledger says which notifications were shown. */
function ownMarks(ledger: Marks): Marks {
  const own = new Map<string, string>();
  return { mark: (name) => own.get(name) ?? ledger.mark(name), setMark: (name, value) => void own.set(name, value) };
}
