import { z } from 'zod';
import { machineSchema, machineStatusSchema, machineTestSchema } from '../machines.ts';
import { nothing } from './inputs.ts';

/**
 * Calls about other machines, over the person's own SSH. Only the app offers them (capability `machines`): a machine that is
 * shown through another one cannot lead on to a third.
 */
export const machineCalls = {
  'machines.list': {
    input: nothing,
    output: z.object({
      machines: z.array(machineStatusSchema),
      /** Hosts of ~/.ssh/config that are not among them. */
      suggestions: z.array(z.string()),
    }),
  },
  /** Connects to a machine, or to all of them; at once where it waits for its next attempt. Does not wait for the outcome. */
  'machines.connect': { input: z.object({ machine: z.string().optional() }), output: nothing },
  /** Signs in once, and returns which program answers. */
  'machines.test': { input: z.object({ machine: machineSchema }), output: machineTestSchema },
  /** Says which machine the window shows: its events arrive as `machines.event`. Null for this machine. */
  'machines.show': { input: z.object({ machine: z.string().nullable() }), output: nothing },
  /** Makes a call of the window on a machine, and returns its value. Its errors are those of the call there. */
  'machines.call': {
    input: z.object({ machine: z.string(), call: z.string(), input: z.unknown() }),
    output: z.unknown(),
  },
} as const;
