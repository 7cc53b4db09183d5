import { BridgeError, sentenceOf } from '../../../bridge/bridge-error.ts';
import type { FormErrors } from '../form-reading.ts';
import type { TaskForm } from '../task-form.ts';

/** Maps each field of the contract's draft to the field of the dialog. */
const fieldByName: Readonly<Record<string, keyof TaskForm>> = {
  name: 'name',
  description: 'description',
  tags: 'tags',
  schedule: 'schedule',
  timezone: 'timezone',
  tool: 'tool',
  parameters: 'parameters',
  workingDirectory: 'workingDirectory',
  env: 'env',
  maxExecutions: 'maxExecutions',
  startDate: 'startDate',
  endDate: 'endDate',
  policies: 'timeout',
  runsOn: 'runsOn',
};

/** A server that did not answer, and why. */
export interface Unreachable {
  server: string;
  message: string;
}

/** Returns the server that did not answer, if the task was not saved for that reason; null otherwise. */
export function doubtOf(thrown: unknown): Unreachable | null {
  if (!(thrown instanceof BridgeError) || thrown.code !== 'task/tool-unverified') return null;
  const { server, reason } = thrown.details;
  return typeof server === 'string' && typeof reason === 'string' ? { server, message: reason } : null;
}

/** Assigns the refusal of the main process to the field it concerns, or to the form if it concerns no field. */
export function errorsOf(thrown: unknown): FormErrors {
  const message = sentenceOf(thrown);
  if (!(thrown instanceof BridgeError)) return { form: message };
  if (thrown.fields.length > 0) return ofFields(thrown.fields);
  const field = knownField(thrown.field ?? '') ?? fieldByCode(thrown.code);
  return field === undefined ? { form: message } : { [field]: message };
}

/** Maps each policy of the contract to the field of the dialog. */
const fieldByPolicy: Readonly<Record<string, keyof TaskForm>> = {
  overlap: 'overlap',
  catchUp: 'catchUp',
  catchUpWindowMs: 'catchUpWindow',
  ifLost: 'ifLost',
  'retries.count': 'retries',
  'retries.delayMs': 'retryDelay',
  'retries.backoff': 'retryBackoff',
  pauseAfterFailures: 'pauseAfterFailures',
  memoryMb: 'memoryMb',
  maxProcesses: 'maxProcesses',
  jitterMs: 'jitter',
  after: 'after',
  'probe.tool': 'probeTool',
  'probe.path': 'probePath',
  'probe.pattern': 'probePattern',
  'probe.ignore': 'probeIgnore',
  budget: 'budget',
  lateAfterMs: 'lateAfter',
  longAfter: 'longAfter',
  overdueAfterMs: 'overdueAfter',
  success: 'success',
};

function knownField(path: string): keyof TaskForm | undefined {
  const policy = /^policies\.(([^.]+)(?:\.[^.]+)?)/.exec(path);
  const known = policy && (fieldByPolicy[policy[1] ?? ''] ?? fieldByPolicy[policy[2] ?? '']);
  return known ?? fieldByName[rootOf(path)];
}

const rootOf = (path: string): string => path.split(/[.[]/)[0] ?? '';

/** Joins several messages for one field. Messages for unknown fields go to the form. */
function ofFields(fields: readonly { field: string; message: string }[]): FormErrors {
  const errors: FormErrors = {};
  for (const { field, message } of fields) {
    const shown = parametersNamed(field, message) ? 'parameters' : (knownField(field) ?? 'form');
    errors[shown] = errors[shown] === undefined ? message : `${errors[shown]} ${message}`;
  }
  return errors;
}

/** Errors from a tool's own check name the tool, then the parameter: `shell:run: /command must be string`. */
const parametersNamed = (field: string, message: string): boolean => field === 'tool' && /^\S+:\S+: /.test(message);

function fieldByCode(code: string): keyof TaskForm | undefined {
  if (/zone/.test(code)) return 'timezone';
  if (code.startsWith('schedule/')) return 'schedule';
  if (/^fleet\//.test(code)) return 'runsOn';
  if (/tool/.test(code)) return 'tool';
  if (/parameters/.test(code)) return 'parameters';
  return undefined;
}
