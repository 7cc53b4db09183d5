import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { cliResults } from '../contract/cli.ts';
import { understandSchedule } from '../domain/phrase/understand-schedule.ts';
import { runLine, shell } from '../testing/cli-harness.ts';
import { cronTexts } from '../testing/cron-texts.ts';
import { memoryApplication } from '../testing/memory-application.ts';
import { checkProperty, PROPERTY_TIMEOUT_MS } from '../testing/property-runs.ts';
import { scheduleTexts } from '../testing/schedule-texts.ts';

interface Answer {
  readonly code: number;
  readonly answer: Readonly<Record<string, unknown>> & { readonly ok: boolean };
}
/** A command line that takes a schedule, and a check of its answer. */
interface Subject {
  readonly argv: (text: string) => readonly string[];
  readonly check: (result: Readonly<Record<string, unknown>>, text: string) => void;
}

const LIMIT_MS = 50;
const application = memoryApplication();
afterAll(() => application.dispose());

const subjects = {
  parse: {
    argv: (text) => ['parse', '--', text],
    check: (result) => {
      const { kind, nextRuns, sentence } = cliResults.parse.parse(result);
      expect(nextRuns).toHaveLength(kind === 'once' ? 1 : kind === 'event' || kind === 'on-demand' ? 0 : 5);
      expect(sentence).not.toMatch(/undefined|NaN|null|\[object/);
    },
  },
  next: {
    argv: (text) => ['next', `--cron=${text}`],
    check: (result) => {
      const slots = cliResults.next.parse(result).slots.map((slot) => Date.parse(slot));
      expect(slots).toHaveLength(5);
      expect(slots).toEqual([...new Set(slots)].sort((a, b) => a - b));
      expect(slots[0]).toBeGreaterThan(application.clock.now());
    },
  },
  create: {
    argv: (text) => ['create', '--name', 'Fuzz', `--schedule=${text}`, ...shell('true')],
    check: (result, text) => {
      const { nextRuns } = cliResults.create.parse(result);
      const context = { nowMs: application.clock.now(), machineTimezone: 'UTC' };
      expect(nextRuns).toEqual(understandSchedule(text, context).answer.nextRuns);
    },
  },
} as const satisfies Record<string, Subject>;

/** Each line starts without tasks, so that the thousandth takes as long as the first. */
function forgetTasks(): void {
  application.store.update((file) => {
    file.tasks = {};
    file.timings = {};
  });
  application.os.installed.clear();
}

/** Runs the line and returns its CPU time; a wall clock would also count the other tests. */
async function timed(argv: readonly string[]): Promise<Answer & { readonly cpuMs: number }> {
  forgetTasks();
  const start = process.cpuUsage();
  const { code, stdout, stderr } = await runLine(application, ['--json', ...argv]);
  const { user, system } = process.cpuUsage(start);
  expect(stderr).toBe('');
  return { code, answer: JSON.parse(stdout) as Answer['answer'], cpuMs: (user + system) / 1000 };
}

function checkRefusal({ code, answer }: Answer): void {
  expect(Object.keys(answer)).toEqual(['ok', 'error']);
  const error = answer['error'] as { readonly code: string; readonly message: string };
  expect(error.code).toMatch(/^(schedule|usage|task)\/[a-z-]+$/);
  expect(error.message).not.toMatch(/\n\s+at |undefined|NaN|\[object|[a-z]Error\b|Invalid time|is not a function/);
  expect(error.message).toMatch(/[.?]$/);
  expect(error.message.length).toBeLessThan(1000);
  expect(code).toBe(2);
}

async function fuzz(name: keyof typeof subjects, texts: fc.Arbitrary<string>, runs: number): Promise<void> {
  const { argv, check }: Subject = subjects[name];
  const counts = { answers: 0, refusals: 0 };
  let [slowest, slowestText] = [0, ''];
  // Until the compiler knows the code, the same text takes several times as long.
  for (let round = 0; round < 20; round += 1) {
    await timed(argv('0 9 * * *'));
    await timed(argv('every day at nine but n# */15 ☃'));
  }
  const property = fc.asyncProperty(texts, async (text) => {
    const run = await timed(argv(text));
    if (run.answer.ok) {
      const { ok: _, ...result } = run.answer;
      check(result, text);
      expect(run.code).toBe(0);
      counts.answers += 1;
    } else {
      checkRefusal(run);
      counts.refusals += 1;
    }
    let spent = run.cpuMs;
    // A garbage collection or a busy machine can slow down a few attempts; what hangs is slow in each.
    for (let again = 0; spent > LIMIT_MS && again < 9; again += 1) {
      spent = Math.min(spent, (await timed(argv(text))).cpuMs);
    }
    if (spent > slowest) [slowest, slowestText] = [spent, text.slice(0, 80)];
    expect(spent, text.slice(0, 200)).toBeLessThan(LIMIT_MS);
  });
  await checkProperty(`fuzz ${name}`, runs, property);
  const { answers, refusals } = counts;
  console.log(
    `fuzz ${name}: ${answers} answers, ${refusals} refusals; slowest ${slowest.toFixed(1)} ms, ${JSON.stringify(slowestText)}`,
  );
  expect(Math.min(answers, refusals)).toBeGreaterThan(0);
}

describe(
  'any text as a schedule is answered or refused in plain words within 50 ms',
  { timeout: PROPERTY_TIMEOUT_MS },
  () => {
    it('by parse', () => fuzz('parse', scheduleTexts, 10_000));
    it('by next --cron', () => fuzz('next', fc.oneof(scheduleTexts, cronTexts), 2000));
    it('by create --schedule', () => fuzz('create', scheduleTexts, 1000));
  },
);
