import { SignInVault, type StoredSignIn } from '../../services/sign-in/sign-in-vault.ts';
import { logLine } from './memory-logs.ts';
import { endedRun } from './run-seeds.ts';
import type { Place } from './scenarios.ts';
import { addTasks } from './task-seeds.ts';
import { settingsWithServers } from './window-outside.ts';

const hourMs = 3_600_000;

/** Adds servers over HTTP in each state of a sign-in, and a run that failed because its sign-in expired. */
export async function addSignIns(place: Place): Promise<void> {
  const { outside, application } = place;
  outside.settings.update({
    mcpServers: settingsWithServers('filesystem', 'asana', 'linear', 'notion', 'sentry', 'vercel'),
  });
  await storeSignIns(place);
  const signIns = await application.signIns();
  // One that nobody finished, and one that waits for the person.
  await signIns.begin('vercel');
  signIns.cancel('vercel');
  await signIns.begin('linear');
  addFailedCall(place);
}

async function storeSignIns({ outside }: Place): Promise<void> {
  const { clock } = outside;
  const [cipher, file] = await Promise.all([outside.cipher(), outside.signInFile()]);
  const vault = new SignInVault({ cipher, file, clock });
  const store = (name: string, address: string, expired: string | null) =>
    vault.update(name, (): StoredSignIn => {
      const grant = { accessToken: 'a', refreshToken: 'r', expiresAt: null, renewal: null };
      const signedInAt = new Date(clock.now() - 50 * hourMs).toISOString();
      return { ...{ address, signedInAt, expired, grant }, renewing: null };
    });
  store('sentry', 'https://mcp.sentry.dev/mcp', null);
  store(
    'notion',
    'https://mcp.notion.com/mcp',
    'The service refused the sign-in to https://mcp.notion.com/mcp: the token was revoked.',
  );
}

function addFailedCall({ outside }: Place): void {
  const startedMs = outside.clock.now() - 90_000;
  const [task] = addTasks(
    outside,
    [{ name: 'Weekly notes', schedule: 'every monday at 8am', tool: 'notion:search', parameters: { query: 'week' } }],
    startedMs,
  );
  if (task === undefined) throw new Error('The task was not added.');
  const message =
    'The sign-in to the MCP server "notion" has expired: The service refused the sign-in to https://mcp.notion.com/mcp: the token was revoked. Sign in again in the window under Settings, MCP servers, or with `ncp-scheduler servers sign-in notion`.';
  endedRun(outside, task, {
    ...{ startedMs, failed: true, log: logLine(startedMs, 'sys', 'Connecting to the MCP server notion') },
    error: { code: 'mcp/sign-in-expired', message },
  });
}
