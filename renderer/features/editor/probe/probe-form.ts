import type { Probe } from '../../../../main/contract/probe.ts';
import { text } from '../../../text/en.ts';
import type { FormReader } from '../form-reading.ts';
import { readJsonObject } from '../form-reading.ts';

/** What a task looks at before it runs, as the form shows it. */
export interface ProbeForm {
  /** `own`: the task itself is its probe. */
  probeLook: keyof typeof text.probes.looks;
  /** A shell line or an address. */
  probe: string;
  probeTool: string;
  /** As JSON text. */
  probeParameters: string;
  probePath: string;
  probePattern: string;
  /** One expression per line. */
  probeIgnore: string;
  probeThen: NonNullable<Probe['then']>;
  probeFirst: NonNullable<Probe['first']>;
}

/** Returns the fields of the form for the probe of a task. */
export function probeFormOf(probe: Probe | undefined): ProbeForm {
  const line = probe === undefined ? null : lineOf(probe);
  const { tool = '', parameters = {} } = probe ?? {};
  return {
    probeLook: probe === undefined ? 'none' : tool === '' ? 'own' : line === null ? 'tool' : 'command',
    probe: line ?? '',
    probeTool: line === null ? tool : '',
    probeParameters: line !== null || Object.keys(parameters).length === 0 ? '' : JSON.stringify(parameters, null, 2),
    probePath: probe?.path ?? '',
    probePattern: probe?.pattern ?? '',
    probeIgnore: (probe?.ignore ?? []).join('\n'),
    probeThen: probe?.then ?? 'run',
    probeFirst: probe?.first ?? 'record',
  };
}

/** Returns the shell line or the address of a probe that is nothing else; null for any other call. */
function lineOf({ tool, parameters = {} }: Probe): string | null {
  const name = tool === 'shell:run' ? 'command' : tool === 'http:request' ? 'url' : null;
  if (name === null || Object.keys(parameters).length !== 1) return null;
  const line = parameters[name];
  return typeof line === 'string' && isAddress(line) === (name === 'url') ? line : null;
}

const isAddress = (line: string): boolean => /^https?:\/\/\S+$/i.test(line);

/**
 * Returns the probe that the form describes; undefined without one. Reports the errors of its fields to the reader.
 * @param base keeps what the form does not show
 */
export function probeOf(reader: FormReader, form: ProbeForm, base?: Probe): Probe | undefined {
  if (form.probeLook === 'none') return undefined;
  const ignore = form.probeIgnore.split('\n').filter((line) => line.trim() !== '');
  const rule = { path: reader.text('probePath'), pattern: reader.text('probePattern') };
  const then = form.probeLook === 'own' ? 'tell' : form.probeThen;
  return {
    ...othersOf(base),
    ...callOf(reader, form),
    ...(rule.path === undefined ? {} : { path: rule.path }),
    ...(rule.pattern === undefined ? {} : { pattern: rule.pattern }),
    ...(ignore.length === 0 ? {} : { ignore }),
    ...(then === 'run' ? {} : { then }),
    ...(form.probeFirst === 'record' ? {} : { first: form.probeFirst }),
  };
}

function callOf(reader: FormReader, { probeLook, probeParameters }: ProbeForm): Pick<Probe, 'tool' | 'parameters'> {
  if (probeLook === 'own') return {};
  if (probeLook === 'command') {
    const line = reader.required('probe', text.probes.commandMissing);
    return isAddress(line)
      ? { tool: 'http:request', parameters: { url: line } }
      : { tool: 'shell:run', parameters: { command: line } };
  }
  const read = readJsonObject(probeParameters);
  if (read.error !== null) reader.errors.probeParameters = read.error;
  return { tool: reader.required('probeTool', text.probes.toolMissing), parameters: read.value };
}

const shown: ReadonlySet<string> = new Set(['tool', 'parameters', 'path', 'pattern', 'ignore', 'then', 'first']);
const othersOf = (base: Probe = {}): object =>
  Object.fromEntries(Object.entries(base).filter(([name]) => !shown.has(name)));
