import type { ScheduleAnswer } from '../../contract/schedule-answer.ts';
import { hasNoTimes, neverRunAt, scheduleText } from '../../contract/schedule-rule.ts';
import { defineCommand } from '../command.ts';
import { required, text } from '../option.ts';
import { blocks, describeNextRuns, describeWarnings } from '../text/describe-task.ts';
import { instant } from '../values/instant.ts';

export const parseCommand = defineCommand({
  name: 'parse',
  reads: true,
  summary: 'Show what a schedule means, without saving anything.',
  positionals: {
    phrase: { ...required(text('A phrase, a cron expression, an RRULE or an instant.', 'PHRASE')), ...joined() },
  },
  options: {
    timezone: text("IANA time zone of the schedule, for example Europe/Paris. Default: this machine's.", 'ZONE'),
    now: instant('Show the runs after this instant instead of now.', 'future'),
  },
  answers:
    'kind (cron, once, combined, interval, event or on-demand), cron (for combined and interval: the narrowest that holds every run), scheduleRule, startDate, endDate, timezone, runAt, rrule (null if one rule of RFC 5545 cannot say it), sentence, warnings, nextRuns.',
  examples: [
    { line: 'parse "every weekday at 9am"', does: 'show the cron expression and the next five runs' },
    {
      line: 'parse "DTSTART:20261204T090000 RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"',
      does: 'show what a recurrence rule of a calendar means',
    },
    {
      line: 'parse "0 9 * * 1-5" --timezone Asia/Tokyo --json',
      does: 'show what a cron expression means in Tokyo, as JSON',
    },
  ],
  run: async (context, { phrase, timezone, now }) => {
    const { understandSchedule } = await import('../../domain/phrase/understand-schedule.ts');
    const { assertTimeZone } = await import('../../domain/timing/time-zone.ts');
    const { environment } = context;
    const { clock } = (await context.application()).timeStyle();
    return understandSchedule(phrase, {
      nowMs: now === undefined ? environment.now() : Date.parse(now),
      machineTimezone: environment.timezone,
      clock,
      ...(timezone === undefined ? {} : { timezone: assertTimeZone(timezone) }),
    }).answer;
  },
  text: (answer, view) => {
    const noTimes = hasNoTimes({ runAt: neverRunAt, scheduleRule: answer.scheduleRule });
    return blocks(
      view.fields([
        ['Means', view.style('bold', view.plain(answer.sentence))],
        ['Cron', answer.scheduleRule === undefined ? answer.cron : null],
        ['Exactly', answer.scheduleRule === undefined || noTimes ? null : exactText(answer)],
        ['Starts', answer.startDate === undefined ? null : view.instant(answer.startDate)],
        ['Ends', answer.endDate === undefined ? null : view.instant(answer.endDate)],
        ['Runs at', answer.runAt === null ? null : view.instant(answer.runAt)],
        ['Zone', answer.kind === 'event' ? null : view.plain(answer.timezone)],
        ['RRULE', answer.rrule?.replace('\n', ' ') ?? null],
      ]),
      noTimes ? '' : describeNextRuns(answer.nextRuns, view),
      describeWarnings(answer.warnings, view),
    );
  },
});

/** A cron expression alone would promise runs that the schedule does not have. */
const exactText = ({ cron, scheduleRule }: ScheduleAnswer): string =>
  scheduleText({ cronExpression: cron ?? '', scheduleRule });

/** Joins all words into one phrase, so that it needs no quotes. */
function joined() {
  return {
    repeatable: true,
    read: (raw: readonly string[]): string => raw.join(' '),
  };
}
