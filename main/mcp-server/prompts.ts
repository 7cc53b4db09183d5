import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { builtInNames } from '../contract/built-in/tools.ts';

/** A prompt that helps to plan a schedule with a person. */
export function addPrompts(server: McpServer): void {
  server.registerPrompt(
    'plan-schedule',
    {
      title: 'Plan a schedule',
      description: 'Turns a wish into a checked task: what runs, when, and what happens when it cannot.',
      argsSchema: z.object({ wish: z.string().max(4000).describe('What should happen, in your words.') }),
    },
    ({ wish }) => ({
      messages: [{ role: 'user', content: { type: 'text', text: planText(wish) } }],
    }),
  );
}

function planText(wish: string): string {
  return [
    'Plan a scheduled task for this wish (it is quoted as JSON):',
    JSON.stringify(wish),
    '',
    'Work in this order:',
    `1. Name the tool and its parameters. Prefer ${builtInNames.join(', ')} or a configured MCP server; call validate.`,
    '2. Name the schedule and the time zone. Call validate with the schedule, and show me its sentence and next runs.',
    '3. Ask what should happen with slots missed while the computer is off (catchUp), with a run that takes too long',
    '   (timeoutMs), with failures (retries, pauseAfterFailures) and with overlapping runs (overlap). Suggest defaults.',
    '4. Show me the whole task, and create it only after I said yes. Offer testRun.',
  ].join('\n');
}
