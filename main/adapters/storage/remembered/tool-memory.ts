import { z } from 'zod';
import { readFile } from '../../files/read-file.ts';
import { toolSchema } from '../../../contract/tool.ts';
import type { RememberedTools, ToolMemory } from '../../../ports/tool-memory.ts';
import { writeDurably } from '../durable-write.ts';

const rememberedSchema = z.object({
  configuration: z.string(),
  server: z.object({ name: z.string(), version: z.string() }).nullable(),
  askedAt: z.iso.datetime(),
  refreshStartedAt: z.iso.datetime().optional(),
  tools: z.array(toolSchema),
});
const fileSchema = z.object({ version: z.literal(1), servers: z.record(z.string(), rememberedSchema) });

/**
 * Opens `tools.json` in the data directory. Servers can give its content again, so an unreadable file counts as empty,
 * and if two processes write at once the later one wins.
 */
export function openToolMemory(path: string): ToolMemory {
  const read = (): Record<string, RememberedTools> => {
    try {
      return fileSchema.parse(JSON.parse(readFile(path).toString('utf8'))).servers;
    } catch {
      return {};
    }
  };
  return {
    get: (server) => {
      const servers = read();
      return Object.hasOwn(servers, server) ? (servers[server] ?? null) : null;
    },
    set: (server, remembered) => {
      const servers = { ...read(), [server]: remembered };
      writeDurably(path, `${JSON.stringify({ version: 1, servers })}\n`);
    },
  };
}
