import { failure, stoppedCases, success as succeeded, type End, type EndCase, type Ends } from './end-case.ts';

/** The ways to give the same script to `shell:run`. */
const forms: Readonly<Record<string, (script: string) => Record<string, unknown>>> = {
  'a line for sh': (script) => ({ command: script }),
  'a line for bash': (script) => ({ command: script, shell: 'bash' }),
  'a program': (script) => ({ args: ['sh', '-c', script] }),
};

const failed = (exitCode: number, says: RegExp, more: Partial<End> = {}): End =>
  failure('shell/exit-code', says, { exitCode, log: / sys The command ended with/, ...more });
const bySignal = (signal: string, hint = /not by NCP Scheduler\.$/): End =>
  failure('shell/signal', hint, { exitCode: null, signal });
const behind = (code: number, signal: string, hint = /which a shell reports as/): End =>
  failed(code, new RegExp(`exit code ${code}: a program that it ran was ended by ${signal}.*${hint.source}`));
const success = (more: Partial<End> = {}): End => succeeded({ exitCode: 0, ...more });

/** What a command does by itself. */
type OwnEnd = readonly [way: string, script: string, end: End, more?: Record<string, unknown>];
const ownEnds: readonly OwnEnd[] = [
  ['ends with 0', 'echo fine', success({ log: / out fine\n$/ })],
  ['ends with 0 and prints nothing', ':', success({ log: /^$/ })],
  ['ends with 0 after errors on standard error', 'echo bad >&2', success({ log: / err bad\n/ })],
  ['ends without a line end', 'printf half', success({ log: / out half/ })],
  ['waits for input that nobody gives', 'cat; echo end', success({ log: / out end\n/ })],
  ['closes its output and goes on', 'exec >&- 2>&-; sleep 0.1', success()],
  ['leaves a process behind', 'sleep 300 & echo up', success({ log: / sys The main process ended and left 1 in the/ })],
  [
    'leaves one that ignores TERM',
    `(trap '' TERM; sleep 300) & echo up`,
    success({ log: / sys The main process ended/ }),
  ],
  ['ends with 1', 'exit 1', failed(1, /^The command ended with exit code 1\.$/)],
  ['ends with 255', 'exit 255', failed(255, /exit code 255\.$/)],
  ['ends with a code that counts as success', 'exit 3', success({ exitCode: 3 }), { successExitCodes: [0, 3] }],
  ['ends with 0 where only 3 is success', 'exit 0', failed(0, /as success: 3\.$/), { successExitCodes: [3] }],
  ['ends with a signal code that counts', 'exit 143', success({ exitCode: 143 }), { successExitCodes: [0, 143] }],
  [
    'does not find a command',
    'nonesuch-x',
    { ...failed(127, /not found/), code: 'shell/command-not-found', log: / sys / },
  ],
  ['starts what is not executable', '/etc/passwd', failed(126, /exit code 126/)],
  ['reports 128 + KILL', 'exit 137', behind(137, 'SIGKILL', /memory runs out/)],
  ['reports 128 + SEGV', 'exit 139', behind(139, 'SIGSEGV', /a fault of the program/)],
  ['reports 128 + ABRT', 'exit 134', behind(134, 'SIGABRT', /a fault that it found/)],
  ['reports 128 + PIPE', 'exit 141', behind(141, 'SIGPIPE', /already ended/)],
  ['reports 128 + TERM', 'exit 143', behind(143, 'SIGTERM')],
  ['is ended by KILL', 'kill -KILL $$', bySignal('SIGKILL', /memory runs out/)],
  ['is ended by SEGV', 'kill -SEGV $$', bySignal('SIGSEGV', /a fault of the program/)],
  ['is ended by ABRT', 'kill -ABRT $$', bySignal('SIGABRT', /a fault that it found/)],
  ['is ended by TERM', 'kill -TERM $$', bySignal('SIGTERM')],
  ['is ended by HUP', 'kill -HUP $$', bySignal('SIGHUP')],
  ['is ended by INT', 'kill -INT $$', bySignal('SIGINT')],
];

/** What a command does when it is asked to end. None of it changes why it ended. */
const answers: Readonly<Record<string, string>> = {
  'ends at once': 'echo up; sleep 300; :',
  'ends with 0': `trap 'exit 0' TERM; echo up; while :; do sleep 0.05; done`,
  'ends with 7': `trap 'exit 7' TERM; echo up; while :; do sleep 0.05; done`,
  'does not end': `trap '' TERM; echo up; while :; do sleep 0.05; done`,
  'left its session': `setsid sleep 300 & echo up; wait; sleep 300`,
};
const cannotStart: readonly Omit<EndCase, 'tool'>[] = [
  {
    ...{ way: 'starts in a folder that is missing', parameters: { command: 'true' } },
    more: { workingDirectory: '/nowhere' },
    end: failure('execution/no-working-directory', /\/nowhere/, { exitCode: null }),
  },
  {
    ...{ way: 'has no command', parameters: {} },
    end: failure('execution/bad-parameters', /command/, { exitCode: null }),
  },
  {
    ...{ way: 'starts a program that is missing', parameters: { args: ['nonesuch-x'] } },
    end: failure('shell/command-not-found', /nonesuch-x/, { exitCode: 127 }),
  },
  {
    ...{ way: 'starts a folder', parameters: { args: ['/etc'] } },
    end: failure('shell/not-executable', /not executable/, { exitCode: 126 }),
  },
  {
    ...{ way: 'starts a shell that is missing', parameters: { command: 'true', shell: 'bash' } },
    more: { env: { PATH: '/nowhere' } },
    end: failure('shell/command-not-found', /./, { exitCode: 127 }),
  },
];

const tool = 'shell:run';

/** Returns how `shell:run` ends: each script as a line for two shells and as a program. */
export function shellEnds(): Ends {
  const [first = [], ...others] = Object.entries(forms).map(([form, parameters]) =>
    ownEnds.map(([way, script, end, more]): EndCase => {
      return { way: `is ${form} that ${way}`, tool, parameters: { ...parameters(script), ...more }, end };
    }),
  );
  return {
    always: [...first, ...cannotStart.map((each) => ({ ...each, tool }))],
    sampled: [...others.flat(), ...stoppedEnds()],
  };
}

function stoppedEnds(): EndCase[] {
  return Object.entries(forms).flatMap(([form, parameters]) =>
    stoppedCases(
      Object.entries(answers).map(([way, script]) => ({
        ...{ way: `is ${form} that ${way}`, tool, parameters: parameters(script), up: / out up/ },
      })),
    ),
  );
}
