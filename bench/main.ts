import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { render } from './measure/report.ts';
import type { Table } from './measure/report.ts';
import { RawProcess } from './measure/raw-process.ts';
import { bareElectron, everythingServer, rawScript, resultsFile } from './paths.ts';
import { mcpEcho, shellTrue } from './product/schedule.ts';
import { measureBrowser } from './sections/browser.ts';
import { measureAlerts } from './sections/alerts.ts';
import { measureAnswers } from './sections/answers.ts';
import { measureFleet } from './sections/fleet.ts';
import { measureGroupFire } from './sections/group-fire.ts';
import { measureGroupSlot } from './sections/group-slot.ts';
import { measureIdle } from './sections/idle.ts';
import { measureLargeStore } from './sections/large-store.ts';
import { measureFires } from './sections/fires.ts';
import { measureCommands } from './sections/one-command.ts';
import { measureSharedSessions } from './sections/shared-sessions.ts';
import { measureLines } from './sections/lines.ts';
import { measureWindow } from './sections/window.ts';
import { measureRunPages } from './sections/run-pages.ts';
import { measureSaves } from './sections/saves.ts';
import { measureScheduleKinds } from './sections/schedule-kinds.ts';
import { measurePunctuality } from './sections/punctuality.ts';

const sizes = [1, 10, 50];
const ready =
  "Fired at the group's own slot, with 50 warm workers and a concurrency limit of 50. The workers started in the last 10 s before the slot and were idle until then.";
const clients = (): Promise<RawProcess> =>
  RawProcess.start(process.execPath, [rawScript('mcp-clients'), everythingServer]);
const forks = (): Promise<RawProcess> => RawProcess.start(bareElectron, ['forks']);

/** The sections by the names that `npm run bench -- NAME…` accepts. */
const sections: Readonly<Record<string, () => Promise<Table>>> = {
  'mcp-slot': () =>
    measureGroupSlot({
      title: '50 MCP tool tasks in one group, running app, warm workers',
      note: `\`echo\` of \`server-everything\` over stdio, compared with the same number of bare SDK clients that start together in one Node process. ${ready}`,
      work: mcpEcho,
      tasks: 50,
      target: 1.1,
      repeats: 3,
      raw: clients,
    }),
  'shell-slot': () =>
    measureGroupSlot({
      title: '50 shell tasks (`true`) in one group, running app, warm workers',
      note: `Compared with the same number of bare \`utilityProcess\` forks that exit immediately, in a bare Electron of the same version. ${ready}`,
      work: shellTrue,
      tasks: 50,
      target: 1.2,
      repeats: 5,
      raw: forks,
    }),
  'mcp-electron': () =>
    measureGroupFire({
      title: 'MCP tool tasks in one group, running app',
      note: '`echo` of `server-everything` over stdio, compared with the same number of bare SDK clients that start together in one Node process.',
      work: mcpEcho,
      kind: 'electron',
      sizes,
      target: 1.1,
      repeats: 3,
      raw: clients,
    }),
  'mcp-node': () =>
    measureGroupFire({
      title: 'MCP tool tasks in one group, `serve` in plain Node',
      note: 'The same work, compared with the same raw cost.',
      work: mcpEcho,
      kind: 'node',
      sizes,
      target: 1.1,
      repeats: 3,
      raw: clients,
    }),
  'shared-sessions': measureSharedSessions,
  'shell-electron': () =>
    measureGroupFire({
      title: 'Shell tasks (`true`) in one group, running app',
      note: 'Compared with the same number of bare `utilityProcess` forks that exit immediately, in a bare Electron of the same version.',
      work: shellTrue,
      kind: 'electron',
      sizes,
      target: 1.2,
      repeats: 5,
      raw: forks,
    }),
  lines: () => measureLines([1, 10, 50]),
  alerts: () => measureAlerts(5),
  fires: () => measureFires(5),
  commands: () => measureCommands(10),
  answers: () => measureAnswers(10),
  punctuality: () => measurePunctuality(4),
  kinds: () => Promise.resolve(measureScheduleKinds()),
  store: () => measureLargeStore(),
  pages: () => measureRunPages(),
  saves: () => measureSaves(),
  window: () => measureWindow(),
  browser: () => measureBrowser({ idleMinutes: 2 }),
  idle: () => measureIdle(10),
  fleet: () => measureFleet(),
};

/**
 * Returns false if a section could not be measured (the results file then says why) or, with `--check`, if a target was
 * missed.
 */
export async function main(args: readonly string[]): Promise<boolean> {
  // It more than doubles the cost of `node -e 0`, and says nothing about the product.
  delete process.env['NODE_EXTRA_CA_CERTS'];
  const mustMeet = args.includes('--check');
  const names = args.filter((name) => name !== '--check');
  const unknown = names.find((name) => !(name in sections));
  if (unknown !== undefined)
    throw new Error(`there is no section ${unknown}; the sections are ${Object.keys(sections).join(', ')}`);
  const chosen = Object.entries(sections).filter(([name]) => names.length === 0 || names.includes(name));
  const parts = [header()];
  let complete = true;
  for (const [name, measure] of chosen) {
    console.error(`bench: ${name}…`);
    const text = await measure().then(render, (error: unknown) => {
      complete = false;
      return `## ${name}\n\nNot measured: ${String(error)}\n`;
    });
    console.log(text);
    if (mustMeet && text.includes(': missed)')) complete = false;
    parts.push(text);
  }
  mkdirSync(dirname(resultsFile), { recursive: true });
  writeFileSync(resultsFile, parts.join('\n'));
  return complete;
}

function header(): string {
  const cpu = cpus();
  const machine = `${cpu.length} × ${cpu[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
  return [
    '# Benchmark',
    '',
    `Written by \`npm run bench\` on ${new Date().toISOString()}: ${machine}, Linux ${release()}, Node ${process.version}.`,
    'Every ratio compares two measurements taken alternately in one run. Wall times are medians. CPU time covers the',
    'whole process tree; peak is the private (anonymous) memory of the whole process tree, sampled every 100 ms.',
    '',
  ].join('\n');
}
