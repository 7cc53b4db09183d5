// npm run evals -- --model NAME [--api anthropic|openai] [--only TEXT]… [--transcript FILE]: gives the sixty wishes of
// main/mcp-server/evals to a real model with the tools of the MCP server, on a scheduler in memory. Prints how many calls and
// errors it took and which schedules are wrong, and records the conversations. Keys and addresses: ANTHROPIC_API_KEY and
// ANTHROPIC_BASE_URL, or OPENAI_API_KEY and OPENAI_BASE_URL for every service with that API. Costs money: all
// wishes together send about a million tokens.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { inProject } from './setup/project.mjs';

const apis = {
  anthropic: { name: 'ANTHROPIC', url: 'https://api.anthropic.com' },
  openai: { name: 'OPENAI', url: 'https://api.openai.com/v1' },
};

/** @param {string} message @returns {never} */
function refuse(message) {
  console.error(message);
  process.exit(2);
}

const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    api: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
    transcript: { type: 'string' },
  },
});
const { model, only } = values;
if (model === undefined) refuse('Which model? For example: npm run evals -- --model claude-sonnet-4-6');
const api = values.api ?? (model.startsWith('claude') ? 'anthropic' : 'openai');
if (api !== 'anthropic' && api !== 'openai') refuse(`--api is anthropic or openai, not ${api}.`);
const { name, url } = apis[api];
const key = process.env[`${name}_API_KEY`] ?? '';
if (key === '') refuse(`There is no key: set ${name}_API_KEY. Nothing was asked, and nothing was measured.`);
const baseUrl = (process.env[`${name}_BASE_URL`] || url).replace(/\/+$/, '');
const transcript = values.transcript ?? inProject('out', 'evals', `${model.replace(/[^\w.-]+/g, '-')}.json`);

// Loaded only now: it takes seconds. Vite runs the TypeScript files, which Node 20 cannot.
const { createServer } = await import('vite');
const server = await createServer({
  configFile: false,
  root: inProject('.'),
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, hmr: false, watch: null, ws: false },
  optimizeDeps: { noDiscovery: true },
});
const { chosenWishes, playWish } = await server.ssrLoadModule('/main/testing/model-evals/play-wish.ts');
const { anthropicModel } = await server.ssrLoadModule('/main/testing/model-evals/anthropic.ts');
const { openAiModel } = await server.ssrLoadModule('/main/testing/model-evals/open-ai.ts');

const wishes = chosenWishes(only);
if (wishes.length === 0) refuse(`No wish contains ${only.join(' or ')}.`);
const open = (api === 'anthropic' ? anthropicModel : openAiModel)({ baseUrl, key, model });
/** @type {any[]} */
const played = [];
let failure = null;
for (const wish of wishes) {
  try {
    const outcome = await playWish(wish, open);
    played.push(outcome);
    console.log(
      `${outcome.wrong.length === 0 ? 'right' : 'WRONG'}  ${outcome.calls} calls, ${outcome.errors.length} errors  ${wish.wish}`,
    );
    for (const sentence of outcome.wrong) console.log(`       ${sentence}`);
  } catch (problem) {
    failure = problem instanceof Error ? problem.message : String(problem);
    break;
  }
}
/** @param {(outcome: any) => number} count */
const sum = (count) => played.reduce((total, outcome) => total + count(outcome), 0);
const totals = {
  wishes: played.length,
  calls: sum(({ calls }) => calls),
  errors: sum(({ errors }) => errors.length),
  wrong: sum(({ wrong }) => (wrong.length > 0 ? 1 : 0)),
};
mkdirSync(dirname(transcript), { recursive: true });
const record = { model, api, at: new Date().toISOString(), ...totals, failure, played };
writeFileSync(transcript, `${JSON.stringify(record, null, 2)}\n`);
console.log(`\n| model | wishes | calls | calls that failed | wrong results |\n|---|---|---|---|---|`);
console.log(
  `| ${model} | ${totals.wishes} | ${totals.calls} | ${totals.errors} | ${totals.wrong} |\n\nTranscript: ${transcript}`,
);
if (failure !== null) console.error(`Stopped after ${played.length} of ${wishes.length} wishes: ${failure}`);
process.exit(failure === null ? 0 : 1);
