import type { ToWorker } from '../contract/worker.ts';

export type ReadMessage = { ok: true; message: ToWorker } | { ok: false; problem: Promise<string> };

/**
 * Checks a message from the parent against `toWorkerSchema`.
 *
 * Loading zod costs a worker 25 ms of CPU, half of its start-up time, and the parent has already checked what it sends
 * by the same schema. So this code checks the shape by hand (a property test compares it with the schema), and zod is
 * loaded only to describe a problem.
 */
export function readMessage(value: unknown): ReadMessage {
  if (isToWorker(value)) return { ok: true, message: value };
  return { ok: false, problem: explain(value) };
}

async function explain(value: unknown): Promise<string> {
  const { messageProblem } = await import('./message-problem.ts');
  return messageProblem(value);
}

type Check = (value: unknown) => boolean;
type Fields = Record<string, unknown>;

const cancelReasons: ReadonlySet<unknown> = new Set(['timeout', 'cancelled', 'memory', 'processes', 'quit']);

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTrue: Check = (value) => value === true;
const isString: Check = (value) => typeof value === 'string';
const isText: Check = (value) => typeof value === 'string' && value.length > 0;
const isStrings: Check = (value) => Array.isArray(value) && value.every(isString);
const isStringRecord: Check = (value) => isFields(value) && Object.values(value).every(isString);
const isPositiveInteger: Check = (value) => Number.isSafeInteger(value) && (value as number) > 0;
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

function isToWorker(value: unknown): value is ToWorker {
  if (!isFields(value)) return false;
  if (value['type'] === 'run')
    return (
      isSpec(value['spec']) &&
      optional(isNiceness)(value['nice']) &&
      optional(isPositiveInteger)(value['processes']) &&
      optional(isTrue)(value['shared'])
    );
  if (value['type'] === 'cancel') return isString(value['executionId']) && cancelReasons.has(value['reason']);
  if (value['type'] === 'token')
    return isTextOrNull(value['token']) && (value['error'] === null || isError(value['error']));
  if (value['type'] === 'prepare') return isString(value['tool']);
  if (value['type'] === 'session') return isString(value['executionId']) && isSessionEvent(value['event']);
  if (value['type'] === 'keep') return isKeptProgram(value['program']) && optional(isNiceness)(value['nice']);
  if (value['type'] === 'mask') return isStrings(value['texts']);
  if (value['type'] === 'end') return true;
  return value['type'] === 'acknowledge' && isString(value['executionId']);
}

/** Besides what every event has. */
const sessionEvents: Readonly<Record<string, Check>> = {
  join: () => true,
  leave: () => true,
  started: () => true,
  'too-large': () => true,
  frame: (event) => isFields(event) && isString(event['text']),
  stderr: (event) => isFields(event) && isString(event['text']),
  heard: (event) =>
    isFields(event) && Number.isSafeInteger(event['characters']) && (event['characters'] as number) >= 0,
  garbage: (event) => isFields(event) && isString(event['text']),
  note: (event) => isFields(event) && isString(event['text']),
  ended: (event) =>
    isFields(event) &&
    (event['code'] === null || Number.isSafeInteger(event['code'])) &&
    isTextOrNull(event['signal']) &&
    isString(event['lastWords']) &&
    (event['problem'] === null || isError(event['problem'])),
};

const isSessionEvent: Check = (event) =>
  isFields(event) &&
  typeof event['kind'] === 'string' &&
  Object.hasOwn(sessionEvents, event['kind']) &&
  sessionEvents[event['kind']]?.(event) === true;

const isKeptProgram: Check = (program) =>
  isFields(program) &&
  isString(program['sessionId']) &&
  isText(program['command']) &&
  isStrings(program['args']) &&
  isTextOrNull(program['cwd']) &&
  isStringRecord(program['env']);

const isNiceness: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= 19;

const isTextOrNull: Check = (value) => value === null || isString(value);
const isError: Check = (value) =>
  isFields(value) && isString(value['code']) && isString(value['message']) && optional(isString)(value['line']);

const isSpec: Check = (spec) =>
  isFields(spec) &&
  isString(spec['executionId']) &&
  isString(spec['taskName']) &&
  isString(spec['tool']) &&
  isFields(spec['parameters']) &&
  (spec['workingDirectory'] === null || isString(spec['workingDirectory'])) &&
  isStringRecord(spec['env']) &&
  isString(spec['logPath']) &&
  isPositiveInteger(spec['outputLimitBytes']) &&
  isPositiveInteger(spec['timeoutMs']) &&
  optional(isStrings)(spec['masked']) &&
  optional(isString)(spec['accessToken']) &&
  optional(isKept)(spec['kept']) &&
  (spec['mcpServer'] === null || isServer(spec['mcpServer'])) &&
  optional(isServers)(spec['agentServers']);

const isKept: Check = (kept) => isFields(kept) && isPositiveInteger(kept['forMs']) && isString(kept['place']);

const isStdioServer: Check = (server) =>
  isFields(server) &&
  isText(server['command']) &&
  optional(isStrings)(server['args']) &&
  optional(isStringRecord)(server['env']) &&
  optional(isString)(server['cwd']);

const isServer: Check = (server) => isStdioServer(server) || isHttpServer(server);
const isServers: Check = (value) => isFields(value) && Object.values(value).every(isServer);

const isHttpServer: Check = (server) =>
  isFields(server) &&
  typeof server['url'] === 'string' &&
  (server['url'].includes('${') || URL.canParse(server['url'])) &&
  optional(isStringRecord)(server['headers']);
