import type { MetricFamily, Sample } from '../exposition.ts';

/** A family while it is read, with the labels that it has already. */
type Reading = MetricFamily & { readonly samples: Sample[]; readonly known: Set<string> };

const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const labelName = /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/;
/** Units that Prometheus' naming rules replace by base units, and words that belong to the type. */
const forbiddenInNames =
  /_(?:ms|milliseconds|minutes|hours|kb|kilobytes|megabytes|percent|count|sum|bucket|info_total)(?:_|$)/;

/**
 * Parses Prometheus' text format 0.0.4 as its grammar says, and throws for whatever a lenient parser lets pass: a sample
 * before its TYPE, a family in two places, the same labels twice, an unknown escape, a missing last line end, and names
 * against the naming rules (`promtool check metrics`).
 */
export function parseStrictly(text: string): Map<string, MetricFamily> {
  const families = new Map<string, Reading>();
  if (!text.endsWith('\n')) throw new Error('The last line has no line end.');
  let help: { name: string; text: string } | null = null;
  let current: Reading | null = null;
  for (const line of text.slice(0, -1).split('\n')) {
    const comment = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line);
    if (comment?.[1] === 'HELP') {
      help = { name: comment[2] ?? '', text: unescaped(comment[3] ?? '', /^[\\n]$/) };
    } else if (comment !== null) {
      const [, , name = '', type] = comment;
      if (help?.name !== name) throw new Error(`${name} has no HELP directly before its TYPE.`);
      if (families.has(name)) throw new Error(`${name} is there twice.`);
      checkName(name, type ?? '');
      current = { name, type: type as MetricFamily['type'], help: help.text, samples: [], known: new Set() };
      families.set(name, current);
    } else if (!/^#(?! (?:HELP|TYPE)\b)/.test(line)) {
      addSample(current, line);
    }
  }
  return new Map([...families].map(([name, { known: _known, ...family }]) => [name, family]));
}

function checkName(name: string, type: string): void {
  if (!metricName.test(name)) throw new Error(`"${name}" is no name.`);
  if (type !== 'gauge' && type !== 'counter') throw new Error(`"${type}" is no type.`);
  if ((type === 'counter') !== name.endsWith('_total')) throw new Error(`${name}: only counters end with _total.`);
  if (forbiddenInNames.test(name)) throw new Error(`${name} breaks the naming rules.`);
}

function addSample(family: Reading | null, line: string): void {
  const parts = /^([^\s{]+)(?:\{(.*)\})? (\S+)$/s.exec(line);
  if (parts === null || family === null || parts[1] !== family.name) throw new Error(`Out of place: ${line}`);
  const labels = labelsOf(parts[2] ?? '');
  const key = JSON.stringify(Object.entries(labels).sort());
  if (family.known.has(key)) throw new Error(`The same labels twice: ${line}`);
  family.known.add(key);
  family.samples.push({ labels, value: numberOf(parts[3] ?? '') });
}

function labelsOf(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  let rest = text;
  while (rest !== '') {
    const pair = /^([^=]+)="((?:[^"\\]|\\.)*)"(?:,|$)/s.exec(rest);
    if (pair === null) throw new Error(`No label: ${rest}`);
    const [whole, name = '', value = ''] = pair;
    if (!labelName.test(name) || Object.hasOwn(labels, name)) throw new Error(`Wrong label name: ${name}`);
    labels[name] = unescaped(value, /^[\\n"]$/);
    rest = rest.slice(whole.length);
  }
  return labels;
}

function unescaped(text: string, allowed: RegExp): string {
  return text.replaceAll(/\\(.?)/gs, (whole, letter: string) => {
    if (!allowed.test(letter)) throw new Error(`Unknown escape: ${whole}`);
    return letter === 'n' ? '\n' : letter;
  });
}

function numberOf(text: string): number {
  const special: Readonly<Record<string, number>> = { '+Inf': Infinity, '-Inf': -Infinity, NaN: Number.NaN };
  const value = special[text] ?? (/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/.test(text) ? Number(text) : null);
  if (value === null) throw new Error(`"${text}" is no number.`);
  return value;
}
