import { parse } from 'plist';
import { z } from 'zod';

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

/** What an agent's file says. Null for one that is not a plist, or not an agent. */
export function readAgentFile(text: string): AgentFile | null {
  try {
    return fileSchema.safeParse(parse(text)).data ?? null;
  } catch {
    // The parser throws whatever its XML reader does; either way this is not a file of ours.
    return null;
  }
}
