import { describe, expect, it } from 'vitest';
import { policyDefaults } from '../../../contract/policy-defaults.ts';
import type { Execution } from '../../../contract/execution.ts';
import type { Task } from '../../../contract/task.ts';
import type { Criterion } from '../../../contract/success.ts';
import type { McpServer } from '../../../contract/settings.ts';
import { resolvePolicies } from '../../../domain/policy/resolved-policies.ts';
import type { TaskEnvironment } from '../../../ports/task-environment.ts';
import { anExecution, anOutcome } from '../../../testing/ledger-samples.ts';
import { aTask } from '../../../testing/schedule-samples.ts';
import { aboutOneRun } from '../../kept-servers/server-identity.ts';
import type { Attempt } from './attempt.ts';
import { executionSpec, limitsOf, newExecution } from './execution-spec.ts';
import { serversOf } from './task-servers.ts';
import { withAccess } from './with-access.ts';

const environment: TaskEnvironment = {
  variables: () => Promise.resolve({}),
  programMissing: () => Promise.resolve(),
  succeeded: () => Promise.resolve(),
  homeDir: '/home/person',
  mcpServer: () => null,
  accessToken: () => Promise.resolve(null),
  secret: (name) => `value of ${name}`,
  logPath: (id) => `/logs/${id}.log`,
};

/** Returns what the worker gets for a run of agent:run with these servers in the settings. */
function specFor(parameters: Record<string, unknown>, configured: Record<string, McpServer>, variables = {}) {
  const task = aTask({ tool: 'agent:run', parameters: { agent: 'claude-code', prompt: 'Tidy up', ...parameters } });
  const policies = resolvePolicies(undefined, undefined, policyDefaults);
  const servers = serversOf(task, (name) => configured[name] ?? null);
  const attempt = { task, policies, trigger: 'manual', slot: null, attempt: 1 } as const;
  return executionSpec(attempt, anExecution({}), { environment, variables, servers, mark: () => null });
}

describe('the variables about the run', () => {
  const told = (given: Partial<Attempt>, task = aTask({ name: 'Nightly' })) => {
    const policies = resolvePolicies(undefined, undefined, policyDefaults);
    const attempt: Attempt = { task, policies, trigger: 'schedule', slot: null, attempt: 1, ...given };
    const execution = anExecution({ executionId: 'e7', slot: attempt.slot, attempt: attempt.attempt });
    const servers = { server: null, agentServers: {} };
    return executionSpec(attempt, execution, { environment, variables: {}, servers, mark: () => null }).env;
  };
  const slot = '2026-11-23T09:00:00.000Z';

  it('tell its id, its task, its attempt, and its slot if it has one', () => {
    const { id } = aTask({});
    const own = { NCP_EXECUTION_ID: 'e7', NCP_TASK_ID: id, NCP_TASK_NAME: 'Nightly' };
    const key = `${id}-20261123T090000Z`;
    expect(told({ slot, attempt: 2 })).toEqual({ ...own, NCP_ATTEMPT: '2', NCP_SLOT: slot, NCP_IDEMPOTENCY_KEY: key });
    expect(told({ trigger: 'manual' })).toEqual({ ...own, NCP_ATTEMPT: '1', NCP_IDEMPOTENCY_KEY: 'e7' });
  });

  it('are left out for a server that serves several runs', () => {
    expect(Object.keys(told({ slot })).filter((name) => !aboutOneRun.test(name))).toEqual([]);
  });

  it.each<readonly [string, Partial<Attempt>, string]>([
    ['the attempts of a run that a person started', { trigger: 'manual', attempt: 2, first: 'e1' }, 'e1'],
    ['the attempts of a backfill, which does the work again', { trigger: 'backfill', slot, first: 'e1' }, 'e1'],
  ])('have the same key for %s', (_, given, key) => {
    expect(told(given)['NCP_IDEMPOTENCY_KEY']).toBe(key);
  });

  it('have a key for the slot if one member of a fleet runs it, and for the run if each does', () => {
    const shared = (mode: 'one' | 'each') =>
      aTask({ shared: { fleetId: 'f', revision: 1, author: 'a', runsOn: { mode, tags: [] } } });
    const keyOf = (task: Task) => told({ slot, first: 'e1' }, task)['NCP_IDEMPOTENCY_KEY'];
    expect(keyOf(shared('one'))).toBe(`${aTask({}).id}-20261123T090000Z`);
    expect(keyOf(shared('each'))).toBe('e1');
  });
});

describe('the record of a run before it starts', () => {
  const policies = { ...resolvePolicies(undefined, undefined, policyDefaults), memoryBytes: 5, processes: 6, nice: 7 };
  const surroundings = {
    ...{ executionId: 'e7', startedAt: '2026-11-23T09:00:00.120Z', owner: { pid: 1, startedAt: '2' }, environment },
    ...{ inheritedVariables: 9, accounts: { ops: '2026-11-23' } },
  };
  const slot = '2026-11-23T09:00:00.000Z';

  it('names the task, the slot, the settings and who runs it', () => {
    const task = aTask({ env: { A: '1' }, workingDirectory: '/srv' });
    const record = newExecution({ task, policies, trigger: 'schedule', slot, attempt: 2 }, surroundings);
    expect(record).toEqual({
      ...{ executionId: 'e7', taskId: 't1', taskName: 'Daily backup', timingId: 'daily-9am', tool: 'shell:run' },
      ...{ parameters: { command: 'true' }, trigger: 'schedule', slot, attempt: 2, logPath: '/logs/e7.log' },
      ...{ startedAt: surroundings.startedAt, owner: surroundings.owner, accounts: surroundings.accounts },
      cause: undefined,
      setup: {
        ...{ workingDirectory: '/srv', env: { A: '1' }, inheritedVariables: 9, memoryBytes: 5, processes: 6, nice: 7 },
        ...{ timeoutMs: policies.timeoutMs, outputLimitBytes: policies.outputLimitBytes },
      },
    });
    expect(limitsOf(policies)).toEqual({ timeoutMs: policies.timeoutMs, memoryBytes: 5, processes: 6, nice: 7 });
  });

  it('names the run that it follows, and the home folder where the task has none of its own', () => {
    const after: Execution = { ...anExecution({ executionId: 'e0', taskName: 'Fetch' }), ...anOutcome(), duration: 1 };
    const attempt = { task: aTask(), policies, trigger: 'manual', slot: null, attempt: 1, after } as const;
    const record = newExecution(attempt, surroundings);
    expect(record.cause).toEqual({ executionId: 'e0', taskId: 't1', taskName: 'Fetch' });
    expect(record.setup).toMatchObject({ workingDirectory: '/home/person', env: {} });
  });
});

describe('a server that is kept', () => {
  const keptOf = (keep: unknown, env?: Record<string, string>) => {
    const task = aTask({ tool: 'files:list', ...(env === undefined ? {} : { env }) });
    const policies = resolvePolicies(undefined, undefined, policyDefaults);
    const servers = serversOf(task, () => ({ command: 'files-server', keep }));
    const attempt = { task, policies, trigger: 'manual', slot: null, attempt: 1 } as const;
    return executionSpec(attempt, anExecution({}), { environment, variables: {}, servers, mark: () => null }).kept;
  };

  it('is named as such to the worker, with its time and the variables of the task', () => {
    expect(keptOf('10m', { A: '1' })).toEqual({ forMs: 600_000, place: '{"A":"1"}' });
    expect(keptOf(undefined)).toBeUndefined();
  });

  it('fails the run if its time cannot be read: servers of NCP’s profile are not checked before', () => {
    const message = 'The MCP server "files": keep must be a length of time from 1s to 24h, such as "10m", not "soon".';
    expect(() => keptOf('soon')).toThrow(expect.objectContaining({ code: 'mcp/bad-keep', message }) as Error);
  });
});

describe('the MCP servers of a scheduled agent', () => {
  const github = { command: 'gh-mcp', env: { TOKEN: '${secret:GITHUB}', HOST: '${GH_HOST}' } };

  it('reach the worker with the values of secrets, which are masked, and of variables', () => {
    const spec = specFor({ mcpServers: ['github'] }, { github }, { GH_HOST: 'github.test' });
    expect(spec.agentServers).toEqual({
      github: { command: 'gh-mcp', env: { TOKEN: 'value of GITHUB', HOST: 'github.test' } },
    });
    expect(spec.masked).toContain('value of GITHUB');
    expect(JSON.stringify(spec.parameters)).not.toContain('value of');
  });

  it('are only those that the task names, each once', () => {
    const spec = specFor({ mcpServers: ['files', 'files'] }, { github, files: { command: 'files' } });
    expect(spec.agentServers).toEqual({ files: { command: 'files' } });
    expect(specFor({}, { github })).not.toHaveProperty('agentServers');
  });

  it('get no access token of the sign-ins of the person', async () => {
    const spec = specFor({ mcpServers: ['notes'] }, { notes: { url: 'https://notes.test/mcp' } });
    const accessToken = () => Promise.resolve({ value: 'token', other: () => Promise.resolve('another') });
    expect(await withAccess(spec, { accessToken })).toEqual({ spec, token: null });
  });

  it('stop the run before it starts if one is not configured or turned off', () => {
    expect(() => specFor({ mcpServers: ['gone'] }, {})).toThrow('No MCP server called "gone" is configured.');
    const off = { github: { ...github, disabled: true } };
    expect(() => specFor({ mcpServers: ['github'] }, off)).toThrow('The MCP server "github" is turned off');
  });
});

describe('what the worker checks and looks at', () => {
  const servers = { files: { command: 'files' }, github: { command: 'gh' } };
  const specOf = (change: Partial<Parameters<typeof aTask>[0]>, success: Criterion[] = []) => {
    const task = aTask({ tool: 'files:list', ...change });
    const policies = { ...resolvePolicies(undefined, undefined, policyDefaults), success };
    const found = serversOf(task, (name) => servers[name as keyof typeof servers] ?? null);
    const attempt = { task, policies, trigger: 'schedule', slot: null, attempt: 1 } as const;
    return executionSpec(attempt, anExecution({}), { environment, variables: {}, servers: found, mark: () => null });
  };

  it('is nothing for a task without success criteria and without a probe', () => {
    const spec = specOf({});
    expect(spec).not.toHaveProperty('success');
    expect(spec).not.toHaveProperty('probe');
    expect(spec).toMatchObject({ mcpServer: servers.files, masked: [] });
  });

  it('is each criterion', () => {
    expect(specOf({}, [{ check: 'not-empty' }]).success).toEqual([{ check: 'not-empty' }]);
  });

  it('is the probe, with the server of its own tool, or with that of the task', () => {
    expect(specOf({ policies: { probe: { tool: 'github:read' } } }).probe?.mcpServer).toEqual(servers.github);
    expect(specOf({ policies: { probe: { tool: 'http:request' } } }).probe?.mcpServer).toBeNull();
    expect(specOf({ policies: { probe: { then: 'tell' } } }).probe?.mcpServer).toEqual(servers.files);
  });

  it('is named in an error by its server', () => {
    const details = { server: 'gone' };
    expect(() => specFor({ mcpServers: ['gone'] }, {})).toThrow(expect.objectContaining({ details }));
  });
});
