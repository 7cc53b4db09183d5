import type { OwnTool } from './own-tool.ts';
import { backfillTool } from './tools/backfill.ts';
import { addCalendarTool, calendarsTool } from './tools/calendars.ts';
import { toolsTool } from './tools/catalog.ts';
import { historyTool, undoTool } from './tools/changes.ts';
import { createTool } from './tools/create.ts';
import { executionsTool } from './tools/executions.ts';
import { retrieveTool } from './tools/retrieve.ts';
import { doctorTool, nextTool, whyTool } from './tools/explain.ts';
import { logTool } from './tools/read-log.ts';
import { getTool, listTool, timingsTool } from './tools/read-tasks.ts';
import { proposalsTool } from './tools/proposals.ts';
import { cancelTool, triggerTool } from './tools/runs.ts';
import { deleteTool, pauseTool, resumeTool, skipNextTool } from './tools/states.ts';
import { testTool } from './tools/test-draft.ts';
import { updateTool } from './tools/update.ts';
import { validateTool } from './tools/validate.ts';

/** The tools of our own MCP server, named `schedule:NAME` in tasks and in `run`. */
export const ownTools: readonly OwnTool[] = [
  toolsTool,
  validateTool,
  testTool,
  createTool,
  listTool,
  getTool,
  retrieveTool,
  updateTool,
  pauseTool,
  resumeTool,
  skipNextTool,
  deleteTool,
  executionsTool,
  triggerTool,
  backfillTool,
  cancelTool,
  whyTool,
  logTool,
  nextTool,
  timingsTool,
  calendarsTool,
  addCalendarTool,
  doctorTool,
  proposalsTool,
  historyTool,
  undoTool,
];

export const ownServer = 'schedule';
