import type { Probe } from '../../contract/probe.ts';
import { definedOf } from '../../domain/defined.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { clearable, list, oneOf, text } from '../option.ts';
import type { ValuesOf } from '../option.ts';
import { jsonObject } from '../values/json-parameters.ts';

/** Options of what a task looks at before it runs. */
export const probeOptions = {
  probe: text(
    'Look first, and run the task only if the answer changed: a shell line, or a URL to request. The task gets the difference in the folder $NCP_CHANGE. See docs/monitor.md.',
    'COMMAND|URL',
  ),
  'probe-tool': text('Check with this tool instead, for example files:list_directory.', 'TOOL'),
  'probe-params': jsonObject('The parameters of --probe-tool as a JSON object.'),
  'probe-json': text('Compare only what this JSONPath finds, for example $.items[*].id.', 'PATH'),
  'probe-match': text('Compare only what this regular expression (RE2) finds, or its first group.', 'REGEX'),
  'probe-ignore': list('Leave out what this regular expression finds, for example times.', 'REGEX'),
  'probe-then': oneOf(
    'What follows a change: run the task, or notify you (tell). Given alone, it notifies you when the answer of the task itself changes. Default: run.',
    ['run', 'tell'],
  ),
  'probe-first': oneOf(
    'What the first check does: only remember the output, or run as after a change. Default: record.',
    ['record', 'run'],
  ),
} as const;

/** The same options for `update`. */
export const clearableProbeOptions = {
  probe: clearable(probeOptions.probe),
  'probe-tool': probeOptions['probe-tool'],
  'probe-params': probeOptions['probe-params'],
  'probe-json': clearable(probeOptions['probe-json']),
  'probe-match': clearable(probeOptions['probe-match']),
  'probe-ignore': clearable(probeOptions['probe-ignore']),
  'probe-then': probeOptions['probe-then'],
  'probe-first': probeOptions['probe-first'],
} as const;

type Args = Partial<ValuesOf<typeof clearableProbeOptions>>;

/**
 * Returns the probe that the options ask for; undefined if none was given, null to clear it.
 * @throws SchedulerError `usage/conflicting-options`, `usage/missing-argument`.
 */
export function probeFrom(args: Args, before: Probe | undefined): Probe | null | undefined {
  const rule = {
    path: args['probe-json'],
    pattern: args['probe-match'],
    ignore: args['probe-ignore'],
    then: args['probe-then'],
    first: args['probe-first'],
  };
  const call = callFrom(args);
  if (args.probe === null) return null;
  if (call === null && Object.values(rule).every((value) => value === undefined)) return undefined;
  if (call === null && before === undefined && rule.then !== 'tell') throw withoutProbe();
  const { tool, parameters, ...kept } = before ?? {};
  const look = call ?? definedOf({ tool, parameters });
  const merged = Object.entries({ ...kept, ...look, ...definedOf(rule) });
  return Object.fromEntries(merged.filter(([, value]) => value !== null));
}

function callFrom(args: Args): Pick<Probe, 'tool' | 'parameters'> | null {
  const { probe, 'probe-tool': tool, 'probe-params': parameters } = args;
  if (typeof probe === 'string') {
    if (tool === undefined && parameters === undefined) return callOf(probe);
    const message = '--probe is a whole call: use either --probe, or --probe-tool with --probe-params.';
    throw new SchedulerError('usage/conflicting-options', message);
  }
  if (tool !== undefined) return { tool, parameters: parameters ?? {} };
  if (parameters === undefined) return null;
  throw new SchedulerError('usage/missing-argument', '--probe-params needs --probe-tool.', {
    missing: ['--probe-tool'],
  });
}

function callOf(probe: string): Pick<Probe, 'tool' | 'parameters'> {
  return /^https?:\/\/\S+$/i.test(probe)
    ? { tool: 'http:request', parameters: { url: probe } }
    : { tool: 'shell:run', parameters: { command: probe } };
}

function withoutProbe(): SchedulerError {
  const message = 'These options need --probe or --probe-tool, for example --probe "git ls-remote origin main".';
  return new SchedulerError('usage/missing-argument', message, { missing: ['--probe'] });
}
