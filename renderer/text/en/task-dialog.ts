/** Saving a task and running it at once. */
export const saveAndRun = {
  button: 'Save and run',
  hint: 'Saves the task, runs it now and shows its log.',
} as const;
