// Measures the raw cost of N MCP tool calls in one session: one client of the official SDK, whose server starts at the first
// measurement and is kept. The calls are sent together.
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { serveMeasurements } from './protocol.mjs';

const [server] = process.argv.slice(2);
let session = null;

async function open() {
  const client = new Client({ name: 'bench', version: '1.0.0' });
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [server], stderr: 'ignore' }));
  return client;
}

serveMeasurements(async (count) => {
  const startedAt = performance.now();
  session ??= await open();
  const call = { name: 'echo', arguments: { message: 'hello' } };
  const answers = await Promise.all(Array.from({ length: Number(count) }, () => session.callTool(call)));
  if (!answers.every(({ content }) => JSON.stringify(content).includes('hello'))) throw new Error('unexpected answer');
  return { wallMs: performance.now() - startedAt };
});
