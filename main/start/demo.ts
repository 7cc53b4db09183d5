import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Application } from '../application/application.ts';

const author = 'demo';

/**
 * Fills an empty data directory with one group that fires every minute: a shell command, a real MCP server that lists a
 * folder, an HTTP request to the demo's own server, and a task that fails. Installs nothing in the OS.
 * `NCP_SCHEDULER_DEMO_SERVER` is the path of the program of `@modelcontextprotocol/server-filesystem` in a checkout;
 * without it `npx` downloads the package.
 */
export async function fillDemo(application: Application): Promise<void> {
  const filesystemServer = process.env['NCP_SCHEDULER_DEMO_SERVER'];
  const folder = application.dataDir;
  const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';
  const filesystem =
    filesystemServer === undefined
      ? { command: npx, args: ['-y', '@modelcontextprotocol/server-filesystem', folder] }
      : { command: process.env['NCP_SCHEDULER_DEMO_NODE'] ?? 'node', args: [filesystemServer, folder] };
  const mcpServers = { ...application.settings.read().mcpServers, filesystem };
  (await application.settingsChanges()).update({ osScheduler: 'in-process', mcpServers }, author);
  const url = await startServer();
  const tasks = await application.tasks();
  if (tasks.list().length > 0) return;
  const every = 'every minute';
  await tasks.create(
    {
      name: 'Say hello',
      schedule: every,
      tool: 'shell:run',
      parameters: { command: 'echo "hello from $NCP_TASK_NAME, slot $NCP_SLOT"' },
    },
    author,
  );
  await tasks.create(
    { name: 'List this folder', schedule: every, tool: 'filesystem:list_directory', parameters: { path: folder } },
    author,
  );
  await tasks.create({ name: 'Ask the weather', schedule: every, tool: 'http:request', parameters: { url } }, author);
  await tasks.create(
    {
      name: 'A failing backup',
      schedule: every,
      tool: 'shell:run',
      parameters: { command: 'echo "copying…"; echo "backup disk is not mounted" >&2; exit 3' },
    },
    author,
  );
}

/** Starts a server on a free port of this machine and returns its URL. It runs until the process exits. */
function startServer(): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ weather: 'fine', askedAt: new Date().toISOString() }));
  });
  server.unref();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      server.off('error', reject);
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/weather`);
    });
  });
}
