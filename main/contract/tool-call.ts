import { z } from 'zod';
import { deepestLevel, isDeeperThan } from './json-depth.ts';
import { toolNamePattern } from './tool-name.ts';

/**
 * `server:tool`: `shell:run` and `http:request` are built in, every other server is a configured MCP server. The name of
 * a server may contain spaces, but not begin or end with one.
 */
export const toolNameSchema = z
  .string()
  .regex(toolNamePattern, 'a tool must have the form server:tool, for example shell:run or filesystem:list_directory');

export const parametersSchema = z
  .record(z.string(), z.unknown())
  .refine((parameters) => !isDeeperThan(parameters, deepestLevel), {
    error: `must not be nested deeper than ${deepestLevel} levels`,
  });
