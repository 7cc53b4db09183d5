/**
 * `server:tool`. In a file of its own without zod, which the window would load with it. The name of a server may contain
 * spaces, but not begin or end with one.
 */
export const toolNamePattern = /^[^:\s](?:[^:\r\n]*[^:\s])?:\S+$/;
