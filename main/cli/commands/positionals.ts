import { required, text } from '../option.ts';

export const taskPositional = { task: required(text('Id of the task, or a name that only one task has.', 'TASK')) };
export const executionPositional = { execution: required(text('Id of the execution.', 'EXECUTION')) };
