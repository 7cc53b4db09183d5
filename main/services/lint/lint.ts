import type { LintedFile, LintFinding, LintKind, LintReport, LintSchedule } from '../../contract/lint.ts';
import type { ClockStyle } from '../../contract/time-style.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { sentence } from '../../domain/naming/sentence.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { nextSlots } from '../../domain/timing/slots.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OwnFile } from '../../ports/import-files.ts';
import type { LintFiles, LintItem, LintReading, LintText } from '../../ports/lint-files.ts';
import { readOwnDocument } from '../transfer/own-document.ts';
import { trapsOf } from './traps.ts';

export interface LintNeeds {
  readonly files: LintFiles;
  readonly clock: Clock;
  readonly clockStyle: () => ClockStyle;
}

/** A path, or a text that was read already. */
export type LintInput = string | LintText;

export interface LintOptions {
  /** Null detects the kind of each file. */
  readonly kind: LintKind | null;
  /** How many next runs to list. */
  readonly count: number;
}

/** Checks the schedules of files, for any scheduler. Changes nothing. */
export class Lint {
  readonly #needs: LintNeeds;

  constructor(needs: LintNeeds) {
    this.#needs = needs;
  }

  /**
   * Returns the schedules of the files with their next runs and problems. In a folder, files of no known kind are left
   * out; a file that was named itself is an error then.
   * @throws SchedulerError `usage/import-unreadable`
   */
  async report(inputs: readonly LintInput[], options: LintOptions): Promise<LintReport> {
    const files: LintedFile[] = [];
    for (const input of inputs) {
      const texts = typeof input === 'string' ? await this.#needs.files.open(input) : [input];
      const linted = texts.map((text) => this.#file(text, options));
      const isFolder = typeof input === 'string' && texts.some(({ name }) => name !== input);
      const known = isFolder ? linted.filter(({ kind }) => kind !== null) : linted;
      files.push(...known);
      if (typeof input === 'string' && known.length === 0) files.push(withoutSchedules(input));
    }
    const levels = files.flatMap(findingsOf).map(({ level }) => level);
    const count = (wanted: LintFinding['level']): number => levels.filter((level) => level === wanted).length;
    return { files, errors: count('error'), warnings: count('warning') };
  }

  #file(text: LintText, { kind, count }: LintOptions): LintedFile {
    const file = text.name;
    try {
      const reading = this.#needs.files.read(text, kind);
      if (reading === null) return unknownFile(file);
      const { items, findings } = 'text' in reading ? ownReading(reading) : reading;
      const schedules = items.map((item) => this.#schedule(item, reading.kind, count));
      const none: LintFinding = { level: 'note', line: null, message: 'The file has no schedule.' };
      const said = schedules.length + findings.length === 0 ? [none] : findings;
      return { file, kind: reading.kind, schedules, findings: [...said] };
    } catch (problem) {
      if (!(problem instanceof SchedulerError)) throw problem;
      return { file, kind, schedules: [], findings: [{ level: 'error', line: null, message: problem.message }] };
    }
  }

  #schedule({ line, name, expression, schedules, findings }: LintItem, kind: LintKind, count: number): LintSchedule {
    const { clock, clockStyle } = this.#needs;
    const style = clockStyle();
    const nowMs = clock.now();
    const traps = schedules.flatMap((spec) => trapsOf(spec, kind, line, nowMs, style));
    const next = schedules.flatMap((spec) => nextSlots(spec, nowMs, count)).sort((a, b) => a - b);
    return {
      ...{ line, name, expression },
      timezone: schedules.flatMap(zoneOf)[0] ?? null,
      sentence: schedules.length === 0 ? null : schedules.map((spec) => sentence(spec, style)).join('; '),
      nextRuns: [...new Set(next)].slice(0, count).map((slot) => new Date(slot).toISOString()),
      findings: distinct([...findings, ...traps]),
    };
  }
}

const zoneOf = (spec: ScheduleSpec): string[] => (spec.kind === 'cron' ? [spec.timezone] : []);

const findingsOf = ({ findings, schedules }: LintedFile): LintFinding[] => [
  ...findings,
  ...schedules.flatMap((schedule) => schedule.findings),
];

/** The schedules of one entry often share a trap. */
const distinct = (findings: readonly LintFinding[]): LintFinding[] =>
  findings.filter(({ message }, index) => findings.findIndex((other) => other.message === message) === index);

function ownReading({ text }: OwnFile): Pick<LintReading, 'items' | 'findings'> {
  const { candidates, refused } = readOwnDocument(text, () => false);
  return {
    items: candidates.map(({ task, spec }) => ({
      ...{ line: null, name: task.name, expression: task.cronExpression ?? null, schedules: [spec] },
      findings: task.status === 'paused' ? [{ level: 'note', line: null, message: 'It is paused.' }] : [],
    })),
    findings: refused.map(({ name, reason }) => ({ level: 'error', line: null, message: `${name}: ${reason}` })),
  };
}

const unknownKind =
  'This is neither a crontab, a systemd timer, a launchd agent, a Task Scheduler task, a GitHub workflow, a Kubernetes CronJob nor an export of NCP Scheduler. If it is one of them, name it with --kind.';

const unknownFile = (file: string): LintedFile => ({
  ...{ file, kind: null, schedules: [] },
  findings: [{ level: 'error', line: null, message: unknownKind }],
});

const withoutSchedules = (folder: string): LintedFile => ({
  ...{ file: folder, kind: null, schedules: [] },
  findings: [{ level: 'error', line: null, message: 'The folder has no file with schedules that lint can read.' }],
});
