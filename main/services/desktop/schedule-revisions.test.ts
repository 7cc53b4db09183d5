import { describe, expect, it, test } from 'vitest';
import type { Schedule } from '../../contract/schedule-change.ts';
import { ScheduleFollower } from '../../contract/schedule-follower.ts';
import { memoryHost } from '../../testing/memory-host.ts';
import { randomOf } from '../../testing/seeded-random.ts';
import { ScheduleRevisions } from './schedule-revisions.ts';

type Unrevised = Omit<Schedule, 'revision'>;
type TaskView = Schedule['tasks'][number];

const task = (id: string, name = id): TaskView => ({
  ...{ id, name, timingId: 'daily-9am', cronExpression: '0 9 * * *', timezone: 'UTC', tool: 'shell:run' },
  ...{ parameters: { command: 'true' }, createdAt: '2026-11-01T00:00:00.000Z', status: 'active' as const },
  ...{ executionCount: 0, running: 0 },
});

const scheduleOf = (...tasks: readonly TaskView[]): Unrevised => ({
  ...{ tasks: [...tasks], timings: [], waiting: [], paused: null, ledgerTrouble: null },
  store: { state: 'ok', message: null, path: '/d/schedule.json' },
  app: {
    ...{ version: '1.0.0', platform: 'linux', timezone: 'UTC', osScheduler: 'systemd', dataDir: '/d' },
    inFleet: false,
    timeStyle: { clock: '24h', weekStart: 'monday' },
  },
  desktop: memoryHost().desktopState(),
});

describe('a change', () => {
  it('has what is new, different and gone, and nothing else', () => {
    const revisions = new ScheduleRevisions();
    const first = revisions.whole(scheduleOf(task('a'), task('b'), task('c')));
    const change = revisions.change(scheduleOf(task('a'), task('c', 'C'), task('d')));
    expect(change).toMatchObject({ from: first, revision: first + 1 });
    expect(change.tasks).toEqual({ changed: [task('c', 'C'), task('d')], removed: ['b'], order: null });
    expect(revisions.change(scheduleOf(task('a'), task('c', 'C'), task('d'))).tasks).toEqual({
      ...{ changed: [], removed: [], order: null },
    });
  });

  it('has the order only where something moved', () => {
    const revisions = new ScheduleRevisions();
    revisions.whole(scheduleOf(task('a'), task('b')));
    expect(revisions.change(scheduleOf(task('b'), task('a'))).tasks).toEqual({
      ...{ changed: [], removed: [], order: ['b', 'a'] },
    });
    expect(revisions.change(scheduleOf(task('b'), task('new'), task('a'))).tasks.order).toEqual(['b', 'new', 'a']);
  });

  it('also has what a window saw in between, though it is again as before', () => {
    const revisions = new ScheduleRevisions();
    revisions.whole(scheduleOf(task('a')));
    const revision = revisions.whole(scheduleOf(task('a', 'Passing'), task('x')));
    const follower = new ScheduleFollower();
    follower.start({ ...scheduleOf(task('a', 'Passing'), task('x')), revision });
    const { schedule } = follower.take(revisions.change(scheduleOf(task('a'))));
    expect(schedule?.tasks).toEqual([task('a')]);
  });

  it('is numbered from the first look on, even if no window is there', () => {
    const revisions = new ScheduleRevisions();
    const { revision } = revisions.change(scheduleOf(task('a')));
    expect(revisions.whole(scheduleOf(task('a')))).toBe(revision);
  });
});

describe('a window', () => {
  const begun = () => {
    const revisions = new ScheduleRevisions();
    const follower = new ScheduleFollower();
    const whole = (schedule: Unrevised) => ({ ...schedule, revision: revisions.whole(schedule) });
    return { revisions, follower, whole };
  };

  it('applies changes that overtook the snapshot on its way', () => {
    const { revisions, follower, whole } = begun();
    const snapshot = whole(scheduleOf(task('a')));
    const first = revisions.change(scheduleOf(task('a', 'A')));
    const second = revisions.change(scheduleOf(task('a', 'A'), task('b')));
    for (const change of [first, second]) expect(follower.take(change)).toEqual({ schedule: null, mustAsk: false });
    expect(follower.start(snapshot).schedule?.tasks).toEqual([task('a', 'A'), task('b')]);
    // The same ones once more.
    expect(follower.take(first).schedule?.tasks).toEqual([task('a', 'A'), task('b')]);
  });

  it('ignores changes that the snapshot has', () => {
    const { revisions, follower, whole } = begun();
    whole(scheduleOf(task('a')));
    follower.take(revisions.change(scheduleOf(task('a', 'A'))));
    const followed = follower.start(whole(scheduleOf(task('a', 'A'))));
    expect(followed).toMatchObject({ mustAsk: false, schedule: { tasks: [task('a', 'A')] } });
  });

  it.each([
    ['lost', [1, 2]],
    ['out of order', [1, 0]],
  ])('asks again once if a change is %s, and then knows everything', (_, [next = 0, after = 0]) => {
    const { revisions, follower, whole } = begun();
    follower.start(whole(scheduleOf(task('a'))));
    const names = ['one', 'two', 'three'];
    const changes = names.map((name) => revisions.change(scheduleOf(task('a', name))));
    const take = (index: number) => {
      const change = changes[index];
      if (change === undefined) throw new Error(`no change ${index}`);
      return follower.take(change);
    };
    expect(take(next)).toEqual({ schedule: null, mustAsk: true });
    expect(take(after)).toEqual({ schedule: null, mustAsk: false });
    const followed = follower.start(whole(scheduleOf(task('a', 'three'))));
    expect(followed).toMatchObject({ mustAsk: false, schedule: { tasks: [task('a', 'three')] } });
  });
});

test.each([1, 2, 3, 4, 5])(
  'whatever is lost, late or repeated, every window ends with what is there (seed %d)',
  (seed) => {
    const random = randomOf(seed);
    const upTo = (count: number): number => Math.floor(random() * count);
    const revisions = new ScheduleRevisions();
    let now = scheduleOf();
    const mutate = (): void => {
      const tasks = now.tasks
        .filter(() => random() > 0.15)
        .map((each) => (random() < 0.2 ? task(each.id, `${random()}`) : each));
      if (random() < 0.3) tasks.reverse();
      if (random() < 0.7) tasks.splice(upTo(tasks.length + 1), 0, task(`t${upTo(30)}-${random()}`));
      now = scheduleOf(...tasks);
    };
    const windows = [0, 0.3, 0.6].map((loss) => ({
      loss,
      follower: new ScheduleFollower(),
      shown: null as Schedule | null,
      asked: true,
    }));
    const answer = (window: (typeof windows)[number]): void => {
      const { schedule, mustAsk } = window.follower.start({ ...now, revision: revisions.whole(now) });
      Object.assign(window, { asked: mustAsk, shown: schedule ?? window.shown });
    };
    for (let step = 0; step < 300; step += 1) {
      mutate();
      const change = random() < 0.6 ? revisions.change(now) : null;
      for (const window of windows) {
        if (window.asked && random() < 0.5) answer(window);
        if (change === null || random() < window.loss) continue;
        for (let times = random() < 0.1 ? 2 : 1; times > 0; times -= 1) {
          const { schedule, mustAsk } = window.follower.take(change);
          Object.assign(window, { asked: window.asked || mustAsk, shown: schedule ?? window.shown });
        }
      }
    }
    mutate();
    const last = [revisions.change(now), revisions.change(now)];
    for (const window of windows) {
      for (const change of last) window.asked = window.follower.take(change).mustAsk || window.asked;
      while (window.asked) answer(window);
      const { schedule } = window.follower.take(last[1] ?? revisions.change(now));
      expect(schedule?.tasks).toEqual(now.tasks);
    }
  },
);
