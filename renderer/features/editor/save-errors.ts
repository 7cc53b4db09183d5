import { BridgeError, sentenceOf } from '../../bridge/bridge-error.ts';
import type { FormErrors } from './form-reading.ts';
import type { TaskForm } from './task-form.ts';

/** The dialog's field for each field of the contract's draft. */
const fieldByName: Readonly<Record<string, keyof TaskForm>> = {
  name: 'name',
  description: 'description',
  schedule: 'schedule',
  timezone: 'timezone',
  tool: 'tool',
  parameters: 'parameters',
  workingDirectory: 'workingDirectory',
  env: 'env',
  maxExecutions: 'maxExecutions',
  endDate: 'endDate',
  policies: 'timeout',
};

/** Puts the main process's refusal beside the field it is about; under the form where it is about none. */
export function errorsOf(thrown: unknown): FormErrors {
  const message = sentenceOf(thrown);
  if (!(thrown instanceof BridgeError)) return { form: message };
  const root = thrown.field?.split(/[.[]/)[0] ?? '';
  const field = fieldByName[root] ?? fieldByCode(thrown.code);
  return field === undefined ? { form: message } : { [field]: message };
}

function fieldByCode(code: string): keyof TaskForm | undefined {
  if (/zone/.test(code)) return 'timezone';
  if (code.startsWith('schedule/')) return 'schedule';
  if (/tool/.test(code)) return 'tool';
  if (/parameters/.test(code)) return 'parameters';
  return undefined;
}
