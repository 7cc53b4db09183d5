import { z } from 'zod';

const integers = z.union([z.int(), z.array(z.int()).min(1)]);

/**
 * Parameters of the built-in tools that are surely right, by the tool's name. The rules are those of `builtInTools`, in
 * the form that is loaded anyway: what passes here needs no validator of JSON schemas, which would be a tenth of what
 * `create` costs. What does not pass may still be right, and is for that validator to judge and to explain.
 */
export const builtInParameters: Readonly<Record<string, z.ZodType>> = {
  'shell:run': z
    .strictObject({
      command: z.string().min(1).optional(),
      args: z.array(z.string()).min(1).optional(),
      shell: z.enum(['sh', 'bash', 'zsh', 'fish', 'pwsh', 'powershell', 'cmd']).optional(),
      stdin: z.string().optional(),
      successExitCodes: integers.optional(),
    })
    .refine(({ command, args }) => (command === undefined) !== (args === undefined)),
  'http:request': z.strictObject({
    url: z.string().regex(/^https?:\/\//),
    method: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.unknown().optional(),
    expectStatus: integers.optional(),
  }),
};
