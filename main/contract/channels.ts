/**
 * Wire channels. The prefixes keep the two directions apart, and keep the preload from reaching any other channel.
 * Apart from `ipc.ts` so that the sandboxed preload does not carry the schemas.
 */
export const callChannel = (name: string): string => `call:${name}`;
export const eventChannel = (name: string): string => `event:${name}`;
