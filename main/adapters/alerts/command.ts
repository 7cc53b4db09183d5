import { oneLine, sentencesOf } from '../../contract/alerts/alert-sentences.ts';
import type { ChannelOf } from '../../contract/alerts/channels.ts';
import type { AlertEvent } from '../../contract/alerts/event.ts';
import type { Delivery } from '../../ports/alert-channels.ts';
import { cut, cutStart, outputOf, titleOf } from './alert-text.ts';
import { answerWithinMs } from './http-delivery.ts';

/** A system limits the size of the environment; Linux takes 128 KiB for one variable. */
const variableBytes = 16_000;
const shownBytes = 300;

/** Runs a program with the event as JSON on standard input and in `NCP_ALERT_*`. Exit code 0 means sent. */
export async function runCommand(
  { command }: ChannelOf<'command'>,
  event: AlertEvent,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<Delivery> {
  const { default: spawn } = await import('cross-spawn');
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    env: { ...variables, ...variablesOf(event) },
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    // A group of its own, so that nothing that it started outlives the limit.
    detached: process.platform !== 'win32',
  });
  return new Promise((resolve) => {
    let said = '';
    const hear = (chunk: Buffer): void => void (said = (said + chunk.toString('utf8')).slice(-4000));
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    const words = (): string => {
      const text = cutStart(oneLine(said), shownBytes).replaceAll('\n', ' ');
      return text === '' ? '' : ` It said: ${text}`;
    };
    const timer = setTimeout(() => {
      killTree(child.pid);
      const answer = `${program} did not end within ${answerWithinMs / 1000} seconds.${words()}`;
      resolve({ outcome: 'failed', answer, mayHaveArrived: true });
    }, answerWithinMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({
        outcome: 'failed',
        answer: `${program} could not be started: ${error.message}.`,
        mayHaveArrived: false,
      });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) return resolve({ outcome: 'sent', answer: `${program} ended with exit code 0.${words()}` });
      const end = signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`;
      resolve({ outcome: 'failed', answer: `${program} ended with ${end}.${words()}`, mayHaveArrived: false });
    });
    // A program that does not read its input closes the pipe early.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(`${JSON.stringify(event)}\n`);
  });
}

function killTree(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch (error) {
    // It ended at the same moment.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function variablesOf(event: AlertEvent): Record<string, string> {
  const { id, kind, at, machine, task, run } = event;
  const values = {
    ID: id,
    KIND: kind,
    AT: at,
    MACHINE: machine,
    TITLE: titleOf(event),
    MESSAGE: sentencesOf(event),
    TASK: task?.name ?? '',
    TASK_ID: task?.id ?? '',
    RUN_ID: run?.id ?? '',
    STATUS: run?.status ?? '',
    EXIT_CODE: String(run?.exitCode ?? ''),
    OUTPUT: outputOf(event),
    POSSIBLY_TWICE: event.possiblyTwice ? '1' : '',
  };
  const clean = (value: string): string => cut(value.replaceAll('\0', ''), variableBytes);
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`NCP_ALERT_${name}`, clean(value)]));
}
