import { emptyForm } from '../task-form.ts';
import type { TaskForm } from '../task-form.ts';

/** The fields of each section of the dialog that is closed while it holds only defaults. The others are always shown. */
export const sectionFields = {
  chain: ['after'],
  more: ['timezone', 'workingDirectory', 'tags', 'description', 'env'],
  calendars: ['calendars', 'dayOff'],
  probe: [
    'probeLook',
    'probe',
    'probeTool',
    'probeParameters',
    'probePath',
    'probePattern',
    'probeIgnore',
    'probeThen',
    'probeFirst',
  ],
  success: ['success', 'doubt'],
  trouble: [
    'retries',
    'retryDelay',
    'retryBackoff',
    'pauseAfterFailures',
    'overlap',
    'catchUp',
    'catchUpWindow',
    'ifLost',
  ],
  attention: ['lateAfter', 'longAfter', 'overdueAfter'],
  alerts: ['alertsTo', 'alertChannels'],
  limits: [
    'timeout',
    'memoryMb',
    'maxProcesses',
    'budget',
    'maxExecutions',
    'startDate',
    'endDate',
    'jitter',
    'worker',
    'onlyOnline',
    'onlyOnPower',
    'fireOnce',
  ],
} as const satisfies Record<string, readonly (keyof TaskForm)[]>;

export type Section = keyof typeof sectionFields;

/** Whether a section holds anything but defaults: then it is open when the dialog opens. */
export function holdsMore(form: TaskForm, section: Section, machineZone: string): boolean {
  const defaults = emptyForm(machineZone);
  const fields: readonly (keyof TaskForm)[] = sectionFields[section];
  return fields.some((field) => JSON.stringify(form[field]) !== JSON.stringify(defaults[field]));
}
