// Records V8's compiled code of the command line in headless/code of the build, for this Node
// (main/adapters/process/code-cache.ts).
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './command.mjs';
import { inBuild, inProject } from './project.mjs';

const schedule = ['--schedule', 'every 1 January at 9am', '--timezone', 'UTC'];
const everythingServer = inProject('node_modules/@modelcontextprotocol/server-everything/dist/index.js');

/** The commands that the OS and people run most often. Each adds the functions that it uses to the cache. */
const commands = [
  // A worker of its own ends by itself, and then records its code; a shared one is killed.
  [
    'create',
    '--name',
    'Shell',
    '--worker',
    'own',
    ...schedule,
    '--tool',
    'shell:run',
    '--params',
    '{"command":"true"}',
  ],
  ['create', '--name', 'MCP', ...schedule, '--tool', 'everything:echo', '--params', '{"message":"hello"}'],
  ['_timing-run', 'yearly-jan-1st-9am', '--slot', '2100-01-01T09:00:00.000Z'],
  ['list'],
  ['list', '--json'],
  ['runs'],
];

/** The first messages of an agent. */
const session = [
  {
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'build', version: '1' } },
  },
  { method: 'notifications/initialized' },
  { id: 2, method: 'tools/list' },
  { id: 3, method: 'tools/call', params: { name: 'list', arguments: {} } },
]
  .map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  .join('');

/** Runs these commands in a temporary data directory and records their compiled code. */
export const recordCode = () => {
  // The built files are CommonJS, but the checkout's package.json declares ES modules.
  writeFileSync(inBuild('headless/package.json'), '{ "type": "commonjs" }\n');
  const folder = mkdtempSync(join(tmpdir(), 'ncp-code-'));
  const mcpServers = { everything: { command: process.execPath, args: [everythingServer] } };
  const config = { osScheduler: 'in-process', ...(existsSync(everythingServer) ? { mcpServers } : {}) };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config), { mode: 0o600 });
  const env = { ...process.env, TZ: 'UTC', HOME: folder, NCP_SCHEDULER_DIR: folder, NCP_SCHEDULER_RECORD_CODE: '1' };
  const headless = inBuild('headless/headless.js');
  try {
    for (const command of commands) run(process.execPath, [headless, ...command], { env, quiet: true });
    run(process.execPath, [headless, 'mcp'], { env, quiet: true, input: session });
    for (const program of ['main', 'worker']) {
      const recorded = readdirSync(inBuild(join('headless', 'code', program))).length;
      if (recorded === 0) throw new Error(`no compiled code of the ${program} program was recorded`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
