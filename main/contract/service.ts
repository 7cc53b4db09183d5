import { z } from 'zod';

/** The scheduler as a service of the OS: `serve`, started at boot or login and again after a crash. */
const serviceStateSchema = z.object({
  /** `foreign`: a service of this name that this app did not write. `unavailable`: this machine has no service manager. */
  state: z.enum(['absent', 'installed', 'foreign', 'unavailable']),
  /** The file or the name in Task Scheduler; null where there is none. */
  path: z.string().nullable(),
  /** Null if the service manager does not say. */
  running: z.boolean().nullable(),
  /** True if it runs without a login; null if that is not known. */
  atBoot: z.boolean().nullable(),
  /** The command that it runs. */
  command: z.array(z.string()),
  /** Sentences about limits and what to do. */
  notes: z.array(z.string()),
});
export type ServiceState = z.infer<typeof serviceStateSchema>;
