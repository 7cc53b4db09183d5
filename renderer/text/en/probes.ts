/** Texts about probes: what is compared before a task runs. */
const looks = {
  none: 'run every time',
  command: 'run if a command or web page gives something new',
  tool: 'run if another tool gives something new',
  own: 'run every time, and notify me if the result changes',
} as const;

export const probes = {
  title: 'Run only after a change',
  look: 'When the task is due',
  looks,
  command: 'Command or web address',
  commandHint:
    'A shell command, or an address (https://…). Its output is compared with last time. Choose something fast.',
  commandMissing: 'Enter a shell command or an address.',
  tool: 'Tool',
  toolHint: 'For example files:list_directory.',
  toolMissing: 'Enter a tool, for example files:list_directory.',
  parameters: 'Parameters as JSON',
  path: 'Compare only this JSON path',
  pattern: 'Compare only text that matches this expression',
  pathPlaceholder: 'compare everything',
  ignore: 'Ignore',
  ignoreHint: 'Regular expressions, one per line. Text that matches is not compared, for example a time stamp.',
  then: 'If it changed',
  thens: { run: 'run the task', tell: 'notify me, but do not run the task' },
  first: 'The first time',
  firsts: { record: 'only remember the output', run: 'treat it as a change' },
  more: 'The task finds the difference in the folder $NCP_CHANGE; an AI agent gets it with its prompt. A slot without a change is recorded as “no change”, which is neither a success nor a failure.',
  summary: (look: keyof typeof looks, probe: string): string =>
    look === 'command' && probe.trim() !== '' ? `if the output of ${probe.trim()} changed` : looks[look],
  forget: 'Forget the last output',
  paletteForget: (name: string) => `Forget the last output that “${name}” was compared with`,
  forgotten: (name: string) => `“${name}” has nothing to compare with until its next check.`,
} as const;
