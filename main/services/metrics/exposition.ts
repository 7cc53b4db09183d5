/** One value of a metric. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric with its values, as Prometheus names them: base units, and `_total` for what only grows. */
export interface MetricFamily {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  /** One sentence. */
  readonly help: string;
  readonly samples: readonly Sample[];
}

/**
 * Returns metrics in Prometheus' text format 0.0.4, which node_exporter's textfile collector reads too. A family without
 * samples is left out. Source: prometheus.io/docs/instrumenting/exposition_formats.
 */
export function exposition(families: readonly MetricFamily[]): string {
  const shown = families.filter(({ samples }) => samples.length > 0);
  return shown.map(familyText).join('');
}

function familyText({ name, type, help, samples }: MetricFamily): string {
  const lines = samples.map(({ labels, value }) => `${name}${labelText(labels)} ${valueText(value)}`);
  return [`# HELP ${name} ${escapedHelp(help)}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n');
}

function labelText(labels: Sample['labels']): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapedLabel(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const escapedHelp = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');

/** Only these three have an escape. Other control characters are allowed, and what is no UTF-8 becomes a replacement character. */
const escapedLabel = (text: string): string =>
  escapedHelp(text).replaceAll('"', '\\"').replace(loneSurrogate, '\uFFFD');

const loneSurrogate = /\p{Surrogate}/gu;

function valueText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  return String(value);
}
