import { required, text } from '../option.ts';

export const taskPositional = { task: required(text('Id of the task, or its name if no other task has it.', 'TASK')) };
export const runPositional = { run: required(text('Id of the run, as `runs` shows it.', 'RUN')) };
export const runOrTaskPositional = {
  run: required(text('Id of the run, as `runs` shows it, or a task for its newest run.', 'RUN')),
};
export const secretPositional = { name: required(text('Name of the secret: letters, digits and _.', 'NAME')) };
export const agentPositional = { agent: required(text('Name of the agent, as `agents list` shows it.', 'AGENT')) };
