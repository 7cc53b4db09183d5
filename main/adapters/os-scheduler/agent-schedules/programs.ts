import { claudeCode } from './claude-code.ts';
import { claudeDesktop } from './claude-desktop.ts';
import { codex } from './codex.ts';
import { goose } from './goose.ts';
import { hermes } from './hermes.ts';
import { mcpCron } from './mcp-cron.ts';
import type { ScheduleProgram } from './schedule-program.ts';

/** The programs whose own schedules can be imported. */
export const programs: readonly ScheduleProgram[] = [claudeDesktop, claudeCode, codex, goose, hermes, mcpCron];
