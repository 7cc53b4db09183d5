import { isMcpTool } from '../../contract/built-in/built-ins.ts';
import type { DoctorCheck } from '../../contract/cli.ts';
import type { Execution } from '../../contract/execution.ts';
import { settingFacts } from '../../contract/setting-facts.ts';
import type { McpServer, SettingName, Settings } from '../../contract/settings.ts';
import type { TaskView } from '../../contract/task.ts';
import { hideInText } from '../../domain/secrets/hidden-text.ts';
import { valueWords } from '../../domain/words/value-words.ts';

export interface ReportFacts {
  /** Versions and paths, in display order. */
  readonly app: Readonly<Record<string, string>>;
  readonly settings: Settings;
  readonly tasks: readonly Pick<TaskView, 'status' | 'tool'>[];
  readonly groups: number;
  readonly checks: readonly DoctorCheck[];
  /** The newest failures. */
  readonly failures: readonly Execution[];
  readonly homeDir: string;
  readonly at: string;
}

/**
 * Returns the facts that support needs, as Markdown. The report says nothing about what tasks do: it has no names,
 * parameters, environment, logs, or arguments and addresses of servers. The home directory is written as `~`.
 */
export function diagnosticsReport(facts: ReportFacts): string {
  const sections = [
    ['NCP Scheduler: diagnostics', [`Made at ${facts.at}.`]],
    ['App', Object.entries(facts.app).map(([name, value]) => `- ${name}: ${value}`)],
    ['Tasks', [`- groups: ${facts.groups}`, ...counted('status', facts.tasks), ...counted('tool', facts.tasks)]],
    ['Checks', facts.checks.map((check) => `- ${check.status}: ${check.id}: ${check.title}: ${check.message}`)],
    ['Settings', settingsLines(facts.settings)],
    ['MCP servers', Object.entries(facts.settings.mcpServers).map(([name, server]) => serverLine(name, server))],
    ['Last failures', facts.failures.map(failureLine)],
  ] as const;
  const text = sections
    .map(([title, lines], index) => {
      const body = lines.length === 0 ? ['none'] : lines;
      return [`${index === 0 ? '#' : '##'} ${title}`, '', ...body].join('\n');
    })
    .join('\n\n');
  // Messages of checks quote what other programs said, which may be a URL with a password.
  return `${hideInText(text.replaceAll(facts.homeDir, '~'))}\n`;
}

/** Counts by status or tool. Built-in tools are named; all others count as `MCP tool`. */
function counted(what: 'status' | 'tool', tasks: ReportFacts['tasks']): string[] {
  const counts = new Map<string, number>();
  for (const task of tasks) {
    const value = what === 'tool' ? kindOfTool(task.tool) : task.status;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort().map(([value, count]) => `- ${value}: ${count}`);
}

const kindOfTool = (tool: string): string => (isMcpTool(tool) ? 'MCP tool' : tool);

function settingsLines(settings: Settings): string[] {
  const names = (Object.keys(settingFacts) as SettingName[]).filter((name) => settingFacts[name].reported);
  return names.flatMap((name) => (settings[name] === undefined ? [] : `- ${name}: ${valueWords(settings[name])}`));
}

function serverLine(name: string, server: McpServer): string {
  return `- ${name}: ${'url' in server ? 'streamable HTTP' : 'stdio'}`;
}

function failureLine({ startedAt, status, trigger, tool, exitCode, signal, error, duration }: Execution): string {
  const ended = [exitCode === null ? null : `exit code ${exitCode}`, signal, error?.code].filter(Boolean).join(', ');
  const took = duration === null ? '' : `, after ${duration} ms`;
  return `- ${startedAt} ${kindOfTool(tool)} by ${trigger}: ${status}${took}${ended === '' ? '' : ` (${ended})`}`;
}
