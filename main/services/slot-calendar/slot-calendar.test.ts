import ICAL from 'ical.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anExecution, anOutcome } from '../../testing/ledger-samples.ts';
import { memoryApplication, type MemoryApplication } from '../../testing/memory-application.ts';
import type { CalendarQuestion } from './calendar-events.ts';

let application: MemoryApplication;
beforeEach(() => {
  application = memoryApplication('2026-11-23T12:00:00.000Z');
});
afterEach(() => application.dispose());

const shell = { tool: 'shell:run', parameters: { command: 'true' } };
async function create(draft: { readonly name: string; readonly schedule: string; readonly [field: string]: unknown }) {
  return (await (await application.tasks()).create({ ...shell, ...draft }, 'cli')).task;
}
/** Reads the calendar with a parser that shares no code with the writer. */
async function events(question: Partial<CalendarQuestion> = {}) {
  const answer = await (await application.slotCalendar()).answer({ days: 30, pastDays: 0, ...question });
  const root = new ICAL.Component(ICAL.parse(answer.text) as unknown[]);
  const found = root.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
  const shown = found.map((event) => ({
    ...{ uid: event.uid, name: event.summary, description: event.description },
    start: event.startDate.toJSDate().toISOString(),
    seconds: event.duration.toSeconds(),
    component: event.component,
  }));
  return { ...answer, root, events: shown };
}

describe('the calendar', () => {
  it('has an event for each slot, at the times that `next` tells, across both clock changes', async () => {
    application.dispose();
    for (const [start, expression] of [
      ['2026-10-20T00:00:00.000Z', '30 2 * * *'],
      ['2027-03-20T00:00:00.000Z', '30 2 * * *'],
      ['2027-03-20T00:00:00.000Z', '0 */6 * * *'],
    ] as const) {
      application = memoryApplication(start);
      const task = await create({ name: 'Backup', schedule: expression, timezone: 'Europe/Berlin' });
      const tasks = await application.tasks();
      const { nextSlots } = await import('../../domain/timing/slots.ts');
      const next = nextSlots(tasks.timingSpec(task.timingId), application.clock.now(), 200)
        .map((ms) => new Date(ms).toISOString())
        .filter((slot) => Date.parse(slot) <= application.clock.now() + 14 * 86_400_000);
      expect((await events({ days: 14 })).events.map((event) => event.start)).toEqual(next);
      application.dispose();
    }
    application = memoryApplication();
  });

  it('keeps the id of a slot, also when the slot has run', async () => {
    const { id, timingId } = await create({ name: 'Backup', schedule: 'every day at 9am' });
    const [first] = (await events()).events;
    application.clock.advance(86_400_000);
    const slot = '2026-11-24T09:00:00.000Z';
    application.ledger.claim(anExecution({ taskId: id, timingId, taskName: 'Backup', slot, startedAt: slot }));
    application.ledger.finish('e1', anOutcome({ status: 'failure', completedAt: '2026-11-24T09:10:00.000Z' }));
    const { events: later } = await events({ pastDays: 7 });
    expect(later[0]).toMatchObject({ uid: first?.uid, name: 'Backup: failed', start: slot, seconds: 600 });
    expect(new Set(later.map(({ uid }) => uid)).size).toBe(later.length);
    expect((await events()).events.map(({ uid }) => uid)).not.toContain(first?.uid);
  });

  it('takes the length from the usual duration, at least a minute, and blocks no time', async () => {
    const { id } = await create({ name: 'Backup', schedule: 'every day at 9am' });
    expect((await events()).events[0]?.seconds).toBe(60);
    for (const [index, minutes] of [20, 30, 40].entries()) {
      const startedAt = `2026-11-2${index}T09:00:00.000Z`;
      application.ledger.start(anExecution({ executionId: `e${index}`, taskId: id, slot: null, startedAt }));
      const completedAt = new Date(Date.parse(startedAt) + minutes * 60_000).toISOString();
      application.ledger.finish(`e${index}`, anOutcome({ completedAt }));
    }
    const [event] = (await events()).events;
    expect(event?.seconds).toBe(30 * 60);
    expect(event?.component.getFirstPropertyValue('transp')).toBe('TRANSPARENT');
  });

  it('holds only what will run: no pause, no end, no skipped slot, no run beyond the limit', async () => {
    const daily = await create({ name: 'Daily', schedule: 'every day at 9am', endDate: '2026-11-26T12:00:00.000Z' });
    await create({ name: 'Twice', schedule: 'every day at 10am', maxExecutions: 2 });
    const paused = await create({ name: 'Paused', schedule: 'every day at 11am' });
    const tasks = await application.tasks();
    await tasks.pause(paused.id, {}, 'cli');
    await tasks.skipNext(daily.id, 'cli');
    const starts = (await events()).events.map(({ name, start }) => `${name} ${start.slice(5, 13)}`);
    expect(starts).toEqual(['Twice 11-24T10', 'Daily 11-25T09', 'Twice 11-25T10', 'Daily 11-26T09']);
    tasks.pauseAll({}, 'cli');
    expect((await events()).events).toEqual([]);
  });

  it('is bounded for a task of every minute, and says so', async () => {
    const often = await create({ name: 'Often', schedule: 'every minute' });
    await create({ name: 'Daily', schedule: 'every day at 9am' });
    const { events: all, notes, root, tasks } = await events();
    expect(all.filter(({ name }) => name === 'Often')).toHaveLength(200);
    expect(all.filter(({ name }) => name === 'Daily')).toHaveLength(30);
    const note = '"Often" runs so often that only its next 200 slots are in the calendar.';
    expect(notes).toEqual([note]);
    expect(root.getFirstPropertyValue('x-wr-caldesc')).toBe(note);
    expect(tasks).toBe(2);
    expect((await events({ timingId: often.timingId })).tasks).toBe(1);
    await expect(events({ timingId: 'no-such' })).rejects.toThrow('no-such');
  });

  it('holds every name of a task unchanged', async () => {
    const names = ['a, b; c', String.raw`C:\new`, 'two\nlines', '🗄️'.repeat(60), 'BEGIN:VEVENT', 'x:"y"'];
    for (const name of names) await create({ name, schedule: 'on 2026-12-24 at 18:00' });
    const { events: all } = await events({ days: 60 });
    expect(all.map(({ name }) => name).sort()).toEqual([...names].sort());
  });

  it('hides secrets in the error of a past run', async () => {
    application.ledger.start(anExecution({ slot: null, startedAt: '2026-11-23T09:00:00.000Z' }));
    const message = 'curl --token=hunter2hunter2 failed';
    application.ledger.finish('e1', anOutcome({ status: 'failure', error: { code: 'shell/exit', message } }));
    const { events: all, text } = await events({ pastDays: 7 });
    expect(all[0]?.name).toBe('Daily backup: failed');
    expect(text).not.toContain('hunter2');
  });
});
