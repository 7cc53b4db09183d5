/** Texts about probes: what a task looks at before it runs. */
const looks = {
  none: 'run at each slot',
  command: 'look at a command or an address first',
  tool: 'ask another tool first',
  own: 'notify me when the answer of this task changes',
} as const;

export const probes = {
  title: 'Run only after a change',
  look: 'At each slot',
  looks,
  command: 'Command or address',
  commandHint: 'A shell line whose output is compared, or an address (https://…) that is requested. Keep it cheap.',
  commandMissing: 'Enter a shell line or an address.',
  tool: 'Tool',
  toolHint: 'Such as files:list_directory.',
  toolMissing: 'Enter a tool, such as files:list_directory.',
  parameters: 'Parameters as JSON',
  path: 'Compare only this JSON path',
  pathPlaceholder: 'the whole answer',
  pattern: 'Compare only what this expression finds',
  ignore: 'Leave out',
  ignoreHint: 'Regular expressions, one per line: what they find makes no difference, for example times.',
  then: 'After a change',
  thens: { run: 'run the task', tell: 'notify me, and run nothing' },
  first: 'The first look',
  firsts: { record: 'records the answer', run: 'counts as a change' },
  more: 'The task gets the difference in the folder $NCP_CHANGE, an agent with its prompt. A slot without a change is “no change”: neither a success nor a failure.',
  summary: (look: keyof typeof looks, probe: string): string =>
    look === 'command' && probe.trim() !== '' ? `after a change of ${probe.trim()}` : looks[look],
  forget: 'Forget what its probe saw',
  paletteForget: (name: string) => `Forget what the probe of “${name}” saw`,
  forgotten: (name: string) => `The next look of “${name}” is the first.`,
} as const;
