import { z } from 'zod';
import { parsePlist } from './plist-text.ts';

const fileSchema = z.object({
  Label: z.string(),
  ProgramArguments: z.array(z.string()).default([]),
  StartCalendarInterval: z
    .union([z.array(z.record(z.string(), z.number())), z.record(z.string(), z.number()).transform((one) => [one])])
    .default([]),
  NCPScheduler: z
    .object({ Version: z.string(), Namespace: z.string(), Timing: z.string(), Key: z.string() })
    .optional(),
});
export type AgentFile = z.infer<typeof fileSchema>;

/** Returns the content of an agent's file, or null if it is not a plist or not an agent. */
export function readAgentFile(text: string): AgentFile | null {
  try {
    return fileSchema.safeParse(parsePlist(text)).data ?? null;
  } catch {
    // The parser throws whatever its XML reader throws; in any case this is not a file of this app.
    return null;
  }
}
