import type { OwnTool } from './own-tool.ts';
import { createTool } from './tools/create.ts';
import { executionsTool } from './tools/executions.ts';
import { retrieveTool } from './tools/retrieve.ts';
import { doctorTool, nextTool, whyTool } from './tools/explain.ts';
import { logTool } from './tools/read-log.ts';
import { getTool, listTool, timingsTool } from './tools/read-tasks.ts';
import { proposalsTool } from './tools/proposals.ts';
import { cancelTool, triggerTool } from './tools/runs.ts';
import { deleteTool, pauseTool, resumeTool } from './tools/states.ts';
import { updateTool } from './tools/update.ts';
import { validateTool } from './tools/validate.ts';

/** The tools of our own MCP server, named `schedule:NAME` in tasks and in `run`. */
export const ownTools: readonly OwnTool[] = [
  validateTool,
  createTool,
  listTool,
  getTool,
  retrieveTool,
  updateTool,
  pauseTool,
  resumeTool,
  deleteTool,
  executionsTool,
  triggerTool,
  cancelTool,
  whyTool,
  logTool,
  nextTool,
  timingsTool,
  doctorTool,
  proposalsTool,
];

export const ownServer = 'schedule';
