import { ResourceNotFoundError, ResourceTemplate } from '@modelcontextprotocol/server';
import type { McpServer, ReadResourceResult, ServerContext, Variables } from '@modelcontextprotocol/server';
import type { AgentIdentity } from '../domain/agent-client.ts';
import type { Channel } from '../contract/alerts/channels.ts';
import type { Application } from '../application/application.ts';
import { plain, plainLines, safeJson } from '../domain/escaped-text.ts';
import { hideInText } from '../domain/secrets/hidden-text.ts';
import { hideSecrets } from '../domain/secrets/hidden-values.ts';
import { SchedulerError } from '../domain/errors.ts';
import { bounded } from './answers/shortened.ts';
import { logForAgents } from './agents-log.ts';

/** Maximum number of entries in a list of resources. Tools return all of them, in pages. */
const listed = 50;
const logTailBytes = 64 * 1024;

type ApplicationOf = (context: ServerContext) => Promise<Application>;

/** Registers tasks, runs, logs, alerts and the agent's own proposals as resources. */
export function addResources(
  server: McpServer,
  application: ApplicationOf,
  clientOf: (context: ServerContext) => AgentIdentity,
): void {
  addTask(server, application);
  addRun(server, application);
  addLog(server, application);
  addProposal(server, application, clientOf);
  addAlerts(server, application);
}

function addTask(server: McpServer, application: ApplicationOf): void {
  server.registerResource(
    'task',
    new ResourceTemplate('schedule://tasks/{id}', {
      list: async (context) => ({
        resources: (await (await application(context)).tasks())
          .list({})
          .slice(0, listed)
          .map(({ id, name }) => ({
            uri: `schedule://tasks/${encodeURIComponent(id)}`,
            name: plain(hideInText(name)),
            mimeType: json,
          })),
      }),
    }),
    { title: 'Task', description: 'A task with its group and next runs.', mimeType: json },
    async (uri, variables, context) => {
      const tasks = await (await application(context)).tasks();
      const { task, timing, nextRuns } = await found(uri, () => tasks.get(idOf(variables)));
      return document(uri, { task: shown(task), timing: shown(timing), nextRuns });
    },
  );
}

function addRun(server: McpServer, application: ApplicationOf): void {
  server.registerResource(
    'execution',
    new ResourceTemplate('schedule://executions/{id}', {
      list: async (context) => ({
        resources: (await (await application(context)).executions())
          .list({ limit: listed, offset: 0 })
          .executions.map(({ executionId, taskName, startedAt, status }) => ({
            uri: `schedule://executions/${encodeURIComponent(executionId)}`,
            name: `${plain(hideInText(taskName))}, ${startedAt}, ${status}`,
            mimeType: json,
          })),
      }),
    }),
    { title: 'Run', description: 'One run with its outcome, error and result.', mimeType: json },
    async (uri, variables, context) => {
      const executions = await (await application(context)).executions();
      return document(uri, shown(await found(uri, () => executions.find(idOf(variables)))));
    },
  );
}

function addLog(server: McpServer, application: ApplicationOf): void {
  server.registerResource(
    'log',
    new ResourceTemplate('schedule://executions/{id}/log', { list: undefined }),
    {
      title: 'Log',
      description: "The last 64 KiB of a run's log. The tool log reads the rest.",
      mimeType: 'text/plain',
    },
    async (uri, variables, context) => {
      const product = await application(context);
      const executions = await product.executions();
      const execution = await found(uri, () => executions.find(idOf(variables)));
      const bytes = logForAgents((await product.logs()).whole(execution), execution, executions);
      const text = plainLines(bytes.subarray(-logTailBytes).toString('utf8'));
      return { contents: [{ uri: uri.href, mimeType: 'text/plain', text }] };
    },
  );
}

function addProposal(
  server: McpServer,
  application: ApplicationOf,
  clientOf: (context: ServerContext) => AgentIdentity,
): void {
  server.registerResource(
    'proposal',
    new ResourceTemplate('schedule://proposals/{id}', { list: undefined }),
    { title: 'Proposal', description: 'A change that you proposed, and what the user decided.', mimeType: json },
    async (uri, variables, context) => {
      const { proposals } = await (await application(context)).agents();
      const proposal = await found(uri, () => proposals.get(idOf(variables)));
      // An agent must not see the proposals of another agent.
      if (proposal.client !== clientOf(context).name)
        throw new ResourceNotFoundError(uri.href, 'You have no such proposal.');
      return document(uri, shown(proposal));
    },
  );
}

/**
 * Shows where alerts go and what became of the latest ones, without any address, key or command of a channel: an agent can
 * say that a channel fails, but cannot learn how to send to it.
 */
function addAlerts(server: McpServer, application: ApplicationOf): void {
  server.registerResource(
    'alerts',
    'schedule://alerts',
    {
      title: 'Alerts',
      description:
        'Channels of alerts, whether they work, the rules, and the latest alerts. Only the user can change them.',
      mimeType: json,
    },
    async (uri, context) => {
      const operations = await (await application(context)).alerts();
      const { alerts, states } = operations.list();
      const { rules, overrides, heartbeat = null, digest = null } = alerts;
      const channels = states.map((state) => ({ ...state, ...openFacts(alerts.channels[state.name]) }));
      // What other agents asked for is none of this agent's business.
      const latest = operations.sent({ limit: listed, offset: 0 }).alerts.filter(({ kind }) => kind !== 'proposal');
      return document(uri, shown({ channels, rules, overrides, heartbeat, digest, latest }));
    },
  );
}

function openFacts(channel: Channel | undefined): Readonly<Record<string, unknown>> {
  if (channel === undefined) return {};
  const { kind, enabled = true } = channel;
  return { kind, enabled, ...(channel.kind === 'webhook' && { template: channel.template ?? null }) };
}

const json = 'application/json';

function document(uri: URL, value: unknown): ReadResourceResult {
  return { contents: [{ uri: uri.href, mimeType: json, text: safeJson(value) }] };
}

/** Most characters of a task or run. The tools get and retrieve read the rest in pieces. */
const mostCharacters = 60_000;

/** Returns what an agent may see: without secrets, and with the largest fields shortened. */
function shown(value: Readonly<Record<string, unknown>>): unknown {
  const { value: fields, cut } = bounded(hideSecrets(value), mostCharacters);
  return cut.length === 0 ? fields : { ...fields, cut };
}

/** @throws ResourceNotFoundError if there is nothing at this address. */
async function found<T>(uri: URL, find: () => T | Promise<T>): Promise<T> {
  try {
    return await find();
  } catch (problem) {
    if (!(problem instanceof SchedulerError) || !/\/(not-found|ambiguous)$/.test(problem.code)) throw problem;
    throw new ResourceNotFoundError(uri.href, problem.message);
  }
}

function idOf(variables: Variables): string {
  const { id } = variables;
  return decodeURIComponent(typeof id === 'string' ? id : (id?.[0] ?? ''));
}
