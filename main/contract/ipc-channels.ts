/**
 * Names of IPC channels. The prefixes separate the two directions and keep the preload from using any other channel.
 * Not in `ipc.ts`, so that the sandboxed preload does not include the schemas.
 */
export const callChannel = (name: string): string => `call:${name}`;
export const eventChannel = (name: string): string => `event:${name}`;
