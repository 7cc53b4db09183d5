import { z } from 'zod';
import { keptServersAnswerSchema } from '../kept-servers.ts';
import { signInsAnswerSchema } from '../sign-in.ts';
import { nothing } from './inputs.ts';

const serverInput = z.object({ name: z.string().min(1) });

/** Calls for MCP servers: signing in, and those that are kept. None of them returns a token. */
export const serverCalls = {
  'servers.signIns': { input: nothing, output: signInsAnswerSchema },
  /** Begins a sign-in. The window opens the page; `signIns` shows when the person is signed in. */
  'servers.signIn': { input: serverInput, output: signInsAnswerSchema.extend({ page: z.string() }) },
  /** Takes the address at which a browser on another machine has ended. */
  'servers.completeSignIn': {
    input: serverInput.extend({ address: z.string().min(1).max(10_000) }),
    output: signInsAnswerSchema,
  },
  'servers.cancelSignIn': { input: serverInput, output: signInsAnswerSchema },
  /** `note`: why the service was not informed, for people; null if it was. */
  /** The servers that are kept for several runs. */
  'servers.kept': { input: nothing, output: keptServersAnswerSchema },
  /** Ends the kept servers of this name now. Runs that use one fail. */
  'servers.endKept': { input: serverInput, output: keptServersAnswerSchema },
  'servers.signOut': { input: serverInput, output: signInsAnswerSchema.extend({ note: z.string().nullable() }) },
} as const;
