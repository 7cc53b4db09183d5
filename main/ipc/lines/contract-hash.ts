import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ipcCalls, ipcEvents } from '../../contract/ipc.ts';

/** Returns a hash of all calls and events with their schemas. Two programs with the same one understand each other. */
export function contractHash(): string {
  const hash = createHash('sha256');
  for (const [name, { input, output }] of Object.entries(ipcCalls)) {
    hash.update(JSON.stringify([name, shapeOf(input, 'input'), shapeOf(output, 'output')]));
  }
  for (const [name, payload] of Object.entries(ipcEvents))
    hash.update(JSON.stringify([name, shapeOf(payload, 'output')]));
  return hash.digest('hex').slice(0, 16);
}

/** Checks that JSON Schema cannot describe count as anything: they decide what is refused, not what it looks like. */
const shapeOf = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any', cycles: 'ref' });
