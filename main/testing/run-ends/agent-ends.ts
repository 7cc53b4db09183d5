import { join } from 'node:path';
import { recordingPath } from '../agent-recording.ts';
import { failure, stoppedCases, success, type End, type EndCase, type Ends } from './end-case.ts';

const replay = join(import.meta.dirname, '../children/replay-agent.mjs');
const recorded = (name: string, end: End): EndCase => ({
  ...{ way: `is ${name}`, tool: 'agent:run', end },
  parameters: {
    agent: name.replace(/-(answer|broken|budget|denied|refused-key|signed-out|written)$/, ''),
    prompt: 'x',
  },
  more: { env: { PATH: process.env['PATH'] ?? '', REPLAY: recordingPath(name) } },
});
const program = (way: string, script: string): Omit<EndCase, 'end'> => ({
  ...{ way, tool: 'agent:run', parameters: { agent: 'command', command: ['sh', '-c', script], prompt: 'x' } },
});

/** Returns how `agent:run` ends: with what real agents printed, and with programs of other kinds. */
export function agentEnds(): Ends {
  return { always: [...recordedEnds(), ...ownEnds], sampled: stoppedEnds() };
}

function recordedEnds(): EndCase[] {
  const signedOut = failure('agent/signed-out', /sign|Sign|key/);
  return [
    recorded('claude-code-answer', success({ exitCode: 0 })),
    recorded('claude-code-written', success({ exitCode: 0 })),
    recorded('claude-code-denied', failure('agent/needs-permission', /Write/, { exitCode: 0 })),
    recorded('claude-code-budget', failure('agent/failed', /./)),
    recorded('claude-code-broken', failure('agent/failed', /./)),
    recorded('claude-code-signed-out', signedOut),
    recorded('claude-code-refused-key', signedOut),
    recorded('codex-answer', success({ exitCode: 0 })),
    recorded('codex-denied', failure('agent/needs-permission', /./, { exitCode: 0 })),
    recorded('codex-refused-key', signedOut),
    recorded('gemini-answer', success({ exitCode: 0 })),
    recorded('gemini-signed-out', signedOut),
  ].map((row) => ({
    ...row,
    parameters: { ...row.parameters, command: [process.execPath, replay, String(row.more?.env?.['REPLAY'])] },
  }));
}

const ownEnds: readonly EndCase[] = [
  { ...program('prints its answer', 'cat >/dev/null; echo fine'), end: success({ exitCode: 0, log: / out fine/ }) },
  { ...program('prints nothing', 'cat >/dev/null'), end: success({ exitCode: 0 }) },
  { ...program('exits with 3', 'echo bad >&2; exit 3'), end: failure('agent/exit-code', /3/, { exitCode: 3 }) },
  { ...program('is killed', 'kill -KILL $$'), end: failure('agent/signal', /SIGKILL/) },
  { ...program('leaves a process behind', 'sleep 300 & echo up'), end: success({ exitCode: 0, log: /left 1/ }) },
  {
    ...{ way: 'is missing', tool: 'agent:run', end: failure('agent/not-found', /nonesuch-x/) },
    parameters: { agent: 'command', command: ['nonesuch-x'], prompt: 'x' },
  },
];

function stoppedEnds(): EndCase[] {
  const loop = 'while :; do sleep 0.05; done';
  return stoppedCases([
    program('ends at once', 'echo up; sleep 300; :'),
    program('ends with 0', `trap 'exit 0' TERM; echo up; ${loop}`),
    program('does not end', `trap '' TERM; echo up; ${loop}`),
    program('left its session', 'setsid sleep 300 & echo up; wait; sleep 300'),
  ]).map((each) => ({ ...each, up: / out up/ }));
}
