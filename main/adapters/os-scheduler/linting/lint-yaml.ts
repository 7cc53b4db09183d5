import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml';
import type { Document, YAMLMap } from 'yaml';
import { refuseDeepYaml } from '../../files/yaml-depth.ts';
import { messageOf } from '../../../domain/errors.ts';
import { canonicalTimeZone } from '../../../domain/timing/time-zone.ts';
import type { LintFinding } from '../../../contract/lint.ts';
import type { LintItem, LintReading } from '../../../ports/lint-files.ts';
import type { ReadingContext } from '../reading/reading.ts';
import { cronItem, error, note, plainCronProblems, warning } from './finding.ts';

interface Yaml {
  readonly documents: readonly Document[];
  /** The line of a value, from 1. */
  readonly lineOf: (node: unknown) => number | null;
  readonly findings: readonly LintFinding[];
}

function readYaml(text: string): Yaml {
  try {
    refuseDeepYaml(text);
  } catch (problem) {
    return {
      documents: [],
      lineOf: () => null,
      findings: [error(1, `This YAML was not read: ${messageOf(problem)}.`)],
    };
  }
  const counter = new LineCounter();
  // YAML 1.2 reads `on` as a word; 1.1 would read `true`.
  const documents = [...parseAllDocuments(text, { lineCounter: counter, version: '1.2' })] as Document[];
  const lineAt = (offset: number): number => counter.linePos(offset).line;
  const lineOf = (node: unknown): number | null => (isScalar(node) && node.range ? lineAt(node.range[0]) : null);
  const findings = documents.flatMap(({ errors }) =>
    errors.map(({ message, pos }) => error(lineAt(pos[0]), `This is not valid YAML: ${message.split('\n')[0] ?? ''}`)),
  );
  return { documents, lineOf, findings };
}

const textOf = (node: unknown): string | null => (isScalar(node) && typeof node.value === 'string' ? node.value : null);

/**
 * Reads `on.schedule` of a GitHub workflow:
 * https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule
 */
export function lintWorkflow(text: string): LintReading {
  const { documents, lineOf, findings } = readYaml(text);
  const items = documents.flatMap((document) => {
    const root = document.contents;
    const name = isMap(root) ? (textOf(root.get('name', true)) ?? 'workflow') : 'workflow';
    const schedule = document.getIn(['on', 'schedule'], true);
    return (isSeq(schedule) ? schedule.items : []).map((entry): LintItem => {
      const cron = isMap(entry) ? entry.get('cron', true) : null;
      const line = lineOf(cron);
      const expression = textOf(cron)?.trim();
      if (expression === undefined) {
        const found = [error(line, 'This entry of `schedule` has no text `cron`. Write - cron: "0 9 * * 1-5".')];
        return { line, name, expression: null, schedules: [], findings: found };
      }
      const zone = zoneOfEntry(entry, lineOf);
      const item = cronItem(line, expression, zone.timezone);
      const strict = plainCronProblems(line, expression, 'GitHub', { macros: false, seven: false });
      return { line, name, ...item, findings: [...item.findings, ...strict, ...zone.findings] };
    });
  });
  return { kind: 'github', items, findings };
}

/** GitHub reads times in UTC, unless the entry names an IANA zone. */
function zoneOfEntry(entry: unknown, lineOf: Yaml['lineOf']): { timezone: string; findings: LintFinding[] } {
  const written = isMap(entry) ? entry.get('timezone', true) : null;
  const zone = textOf(written);
  if (zone === null) return { timezone: 'UTC', findings: [] };
  const known = canonicalTimeZone(zone);
  if (known !== null) return { timezone: known, findings: [] };
  return { timezone: 'UTC', findings: [error(lineOf(written), `"${zone}" is not a known time zone.`)] };
}

/** Reads Kubernetes CronJobs: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ */
export function lintCronJobs(text: string, context: ReadingContext): LintReading {
  const { documents, lineOf, findings } = readYaml(text);
  const maps = documents.flatMap(({ contents }) => (isMap(contents) ? [contents] : []));
  const listed = maps.flatMap((map) => {
    const items = map.get('items', true);
    return isSeq(items) ? items.items.filter(isMap) : [map];
  });
  const jobs = listed.filter((map) => map.get('kind') === 'CronJob');
  return { kind: 'kubernetes', items: jobs.map((job) => cronJob(job, lineOf, context)), findings };
}

function cronJob(job: YAMLMap, lineOf: Yaml['lineOf'], context: ReadingContext): LintItem {
  const name = textOf(job.getIn(['metadata', 'name'], true)) ?? 'CronJob';
  const written = job.getIn(['spec', 'schedule'], true);
  const line = lineOf(written);
  const expression = textOf(written)?.trim();
  if (expression === undefined) {
    const found = [error(line, 'This CronJob has no text `spec.schedule`.')];
    return { line, name, expression: null, schedules: [], findings: found };
  }
  const findings: LintFinding[] = [];
  const zoneNode = job.getIn(['spec', 'timeZone'], true);
  const zone = textOf(zoneNode);
  const timezone = zone === null ? 'UTC' : canonicalTimeZone(zone);
  if (zone === null)
    findings.push(
      warning(line, 'Without `timeZone` the times are in the zone of the controller, which usually is UTC.'),
    );
  else if (timezone === null) findings.push(error(lineOf(zoneNode), `"${zone}" is not a known time zone.`));
  findings.push(...settingsOf(job, lineOf));
  if (/^(?:CRON_)?TZ=/.test(expression)) {
    findings.push(error(line, 'Kubernetes refuses a time zone in `schedule`. Use `timeZone`.'));
    return { line, name, expression, schedules: [], findings };
  }
  if (expression.startsWith('@every ')) {
    findings.push(note(line, 'An interval counts from the start of the controller, so its runs cannot be listed.'));
    return { line, name, expression, schedules: [], findings };
  }
  const item = cronItem(line, expression, timezone ?? context.timezone);
  const strict = plainCronProblems(line, expression, 'Kubernetes', { macros: true, seven: false });
  return { line, name, ...item, findings: [...item.findings, ...strict, ...findings] };
}

function settingsOf(job: YAMLMap, lineOf: Yaml['lineOf']): LintFinding[] {
  const findings: LintFinding[] = [];
  const suspend = job.getIn(['spec', 'suspend'], true);
  if (isScalar(suspend) && suspend.value === true)
    findings.push(warning(lineOf(suspend), 'It is suspended, so it does not run.'));
  const deadline = job.getIn(['spec', 'startingDeadlineSeconds'], true);
  if (isScalar(deadline) && typeof deadline.value === 'number' && deadline.value < 10)
    findings.push(
      error(
        lineOf(deadline),
        'With a deadline under 10 seconds it may never start: the controller looks every 10 seconds.',
      ),
    );
  return findings;
}
