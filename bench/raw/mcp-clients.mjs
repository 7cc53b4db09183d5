// Measures the raw cost of N MCP tool calls: N clients of the official SDK, started together, each with its own server.
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { serveMeasurements } from './protocol.mjs';

const [server] = process.argv.slice(2);

const callOnce = async () => {
  const client = new Client({ name: 'bench', version: '1.0.0' });
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [server], stderr: 'ignore' }));
  const answer = await client.callTool({ name: 'echo', arguments: { message: 'hello' } });
  if (!JSON.stringify(answer.content).includes('hello')) throw new Error(`unexpected: ${JSON.stringify(answer)}`);
  await client.close();
};

serveMeasurements(async (count) => {
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: Number(count) }, callOnce));
  return { wallMs: performance.now() - startedAt };
});
