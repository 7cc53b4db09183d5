import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { builtInNames } from '../contract/built-in/tools.ts';

/** Registers the prompt that plans a task together with a person. */
export function addPrompts(server: McpServer): void {
  server.registerPrompt(
    'plan-schedule',
    {
      title: 'Plan a schedule',
      description: 'Turns a wish into a checked task: what runs, when, and what happens if it fails or is missed.',
      argsSchema: z.object({ wish: z.string().max(4000).describe('What should happen, in your own words.') }),
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
    `1. Choose the tool and its parameters: ${builtInNames.join(', ')} or a tool of a configured MCP server. Call validate.`,
    '2. Choose the schedule and the time zone. Call validate with them, and show me the sentence and the next runs.',
    '3. Ask me what should happen to slots missed while the computer is off (catchUp), to a run that takes too long',
    '   (timeoutMs), after failures (retries, pauseAfterFailures) and when runs overlap (overlap). Suggest defaults.',
    '4. Show me the whole task, and create it only after I agree. Offer a test run (testRun).',
  ].join('\n');
}
