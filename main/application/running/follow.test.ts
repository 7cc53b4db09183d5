import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApplication } from '../create-application.ts';
import { memoryOutside, type MemoryOutside } from '../../testing/memory-outside.ts';
import { quietListener } from '../../testing/memory-application.ts';
import { anExecution, anOutcome, slotAt } from '../../testing/ledger-samples.ts';
import type { Application } from '../application.ts';
import type { FollowListener } from './primary.ts';

let outside: MemoryOutside;
/** Shares its files with the follower, as another process does. */
let other: Application;
let heard: { readonly [E in keyof FollowListener]: ReturnType<typeof vi.fn<FollowListener[E]>> };
let stop: () => void;

const backup = { name: 'Backup', schedule: 'every day at 9am', tool: 'shell:run', parameters: { command: 'true' } };
/** Longer than the feed waits before it looks at the ledger, in ms. */
const lookMs = 1000;

beforeEach(async () => {
  outside = memoryOutside();
  other = createApplication(outside);
  const names = Object.keys(quietListener) as (keyof FollowListener)[];
  heard = Object.fromEntries(names.map((name) => [name, vi.fn()])) as unknown as typeof heard;
  stop = await createApplication(outside).follow(heard);
});
afterEach(() => {
  stop();
  outside.dispose();
});

const told = (): string[] =>
  Object.entries(heard)
    .filter(([, method]) => method.mock.calls.length > 0)
    .map(([name]) => name);

describe('a process that follows', () => {
  it('sees a task that another process creates', async () => {
    await (await other.tasks()).create(backup, 'cli');
    outside.clock.advance(lookMs);
    expect(told()).toEqual(['scheduleChanged']);
  });

  it('sees runs, their outcome and their removal', () => {
    outside.ledger.claim(anExecution({ executionId: 'e1' }));
    outside.clock.advance(lookMs);
    outside.ledger.finish('e1', anOutcome());
    outside.clock.advance(lookMs);
    expect(heard.executionsChanged.mock.calls.flat(2).map(({ status }) => status)).toEqual(['running', 'success']);
    outside.ledger.removeExecutions(['e1']);
    outside.clock.advance(lookMs);
    expect(heard.executionsRemoved.mock.calls).toEqual([[['e1']]]);
  });

  it('sees missed slots that another process records, once for each wake-up', () => {
    const missed = (taskId: string) => ({
      taskId,
      slot: slotAt(0),
      reason: 'missed' as const,
      detail: null,
      at: slotAt(9),
    });
    outside.ledger.decide([{ ...missed('t1'), reason: 'paused' }]);
    outside.clock.advance(lookMs);
    expect(told()).toEqual([]);
    outside.ledger.decide([missed('t2'), missed('t3')]);
    outside.ledger.decide([missed('t4')]);
    outside.clock.advance(lookMs);
    expect(told()).toEqual(['slotsMissed']);
    expect(heard.slotsMissed).toHaveBeenCalledOnce();
    vi.clearAllMocks();
    // Already known.
    outside.ledger.decide([missed('t4')]);
    outside.clock.advance(lookMs);
    expect(told()).toEqual([]);
  });

  it('sees a change of the settings', () => {
    outside.settings.update({ theme: 'dark' });
    expect(heard.settingsChanged.mock.calls).toMatchObject([[{ settings: { theme: 'dark' }, problem: null }]]);
  });

  it('sees a task that becomes overdue and is fine again, and leaves the notification to the primary', async () => {
    const { task } = await (await other.tasks()).create({ ...backup, policies: { overdueAfterMs: 3_600_000 } }, 'cli');
    outside.clock.advance(3_700_000);
    expect(heard.attentionChanged.mock.calls).toMatchObject([[{ begun: [{ task: { id: task.id } }], over: [] }]]);
    expect(outside.ledger.mark('attention')).toBeNull();
    await (await other.tasks()).pause(task.id, {}, 'cli');
    outside.clock.advance(60_000);
    expect(heard.attentionChanged).toHaveBeenLastCalledWith({
      begun: [],
      over: [expect.objectContaining({ episode: expect.objectContaining({ kind: 'overdue' }) as unknown })],
    });
  });

  it('fires nothing, and after it has stopped gets no events and holds no timers', async () => {
    await (await other.tasks()).create({ ...backup, schedule: 'every minute' }, 'cli');
    outside.clock.advance(180_000);
    expect(outside.ledger.list({ limit: 10, offset: 0 }).total).toBe(0);
    stop();
    vi.clearAllMocks();
    outside.settings.update({ theme: 'dark' });
    outside.ledger.claim(anExecution({ executionId: 'e1' }));
    outside.clock.advance(180_000);
    expect(told()).toEqual([]);
    expect(outside.clock.pending()).toEqual([]);
  });
});
