import { z } from 'zod';
import { signInsAnswerSchema } from '../sign-in.ts';
import { nothing } from './inputs.ts';

const serverInput = z.object({ name: z.string().min(1) });

/** Calls for signing in to MCP servers. None of them returns a token. */
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
  'servers.signOut': { input: serverInput, output: signInsAnswerSchema.extend({ note: z.string().nullable() }) },
} as const;
