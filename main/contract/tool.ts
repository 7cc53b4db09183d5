import { z } from 'zod';

export const toolSchema = z.object({
  /** `server:tool`. */
  tool: z.string(),
  title: z.string(),
  description: z.string(),
  /** JSON Schema of the parameters. */
  inputSchema: z.record(z.string(), z.unknown()),
});
export type Tool = z.infer<typeof toolSchema>;
