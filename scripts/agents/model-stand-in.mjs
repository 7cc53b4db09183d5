import { createServer } from 'node:http';

/**
 * @typedef {import('node:http').ServerResponse} Response
 * @typedef {any} Given What the client sent.
 * @typedef {string | undefined} Wish
 */

/**
 * A model that answers by rule, in place of the providers' APIs, so that the agents' real command lines can be run
 * without an account. The prompt chooses the answer: "[write]" calls the tool that writes the file hello.txt, "[shell]"
 * the tool that runs `touch made.txt`, "[401]" and "[500]" are refused with that status, "[hang]" is never answered.
 * Everything else, and the turn after a tool call, is answered with "Hello from the model."
 *
 * @returns {Promise<{ url: string, close: () => void, calls: () => number }>}
 */
export async function startModel() {
  let calls = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      calls += 1;
      answer(request, response, body);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, close, calls: () => calls };
}

const hello = 'Hello from the model.';

/** @param {import('node:http').IncomingMessage} request @param {Response} response @param {string} body */
function answer(request, response, body) {
  if (process.env['STAND_IN_LOG'])
    process.stderr.write(`${request.method} ${request.url} ${body.slice(0, Number(process.env['STAND_IN_LOG']))}\n`);
  if (request.method !== 'POST') return json(response, 200, { data: [], models: [] });
  const wish = /\[(write|shell|401|500|hang)\]/.exec(body)?.[1];
  if (wish === 'hang') return;
  if (wish === '401' || wish === '500') return refuse(response, Number(wish));
  const path = (request.url ?? '').split('?', 1).join('');
  const given = parsed(body);
  if (path.endsWith('/count_tokens')) return json(response, 200, { input_tokens: 10 });
  if (path.endsWith('/messages')) return anthropic(response, given, wish);
  if (path.endsWith('/responses')) return openAiResponses(response, given, wish);
  if (path.endsWith('/chat/completions')) return openAiChat(response, given, wish);
  if (path.includes('GenerateContent') || path.includes('generateContent')) return gemini(response, path, given, wish);
  return json(response, 200, {});
}

/** @param {string} body @returns {Given} */
function parsed(body) {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}

/** @param {Response} response @param {number} status @param {unknown} value */
function json(response, status, value) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/** @param {Response} response @param {number} status */
function refuse(response, status) {
  const type = status === 401 ? 'authentication_error' : 'api_error';
  const message = status === 401 ? 'invalid x-api-key' : 'The model is broken.';
  json(response, status, { type: 'error', error: { type, code: status, status: type, message } });
}

/** @param {Response} response @param {readonly any[]} events @param {boolean} [named] */
function sse(response, events, named) {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of events) {
    const data = typeof event === 'string' ? event : JSON.stringify(event);
    response.write(named && event.type ? `event: ${event.type}\ndata: ${data}\n\n` : `data: ${data}\n\n`);
  }
  response.end();
}

/** @param {Response} response @param {Given} given @param {Wish} wish */
function anthropic(response, given, wish) {
  const usage = { input_tokens: 1000, output_tokens: 1, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
  const done = JSON.stringify(given.messages ?? []).includes('"tool_result"');
  const tools = (given.tools ?? []).map((/** @type {Given} */ { name }) => name);
  const call =
    wish === 'write' && tools.includes('Write')
      ? { name: 'Write', input: { file_path: `${process.env['STAND_IN_DIR'] ?? ''}/hello.txt`, content: 'Hello\n' } }
      : wish === 'shell' && tools.includes('Bash')
        ? { name: 'Bash', input: { command: 'touch made.txt', description: 'Make a file' } }
        : null;
  const block =
    call !== null && !done
      ? [
          {
            type: 'content_block_start',
            index: 0,
            content_block: { type: 'tool_use', id: 'toolu_1', name: call.name, input: {} },
          },
          {
            type: 'content_block_delta',
            index: 0,
            delta: { type: 'input_json_delta', partial_json: JSON.stringify(call.input) },
          },
        ]
      : [
          { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
          { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: hello } },
        ];
  const stop = call !== null && !done ? 'tool_use' : 'end_turn';
  const message = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: given.model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage,
  };
  sse(
    response,
    [
      { type: 'message_start', message },
      ...block,
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: stop, stop_sequence: null }, usage: { output_tokens: 20 } },
      { type: 'message_stop' },
    ],
    true,
  );
}

/** @param {Response} response @param {Given} given @param {Wish} wish */
function openAiResponses(response, given, wish) {
  const done = JSON.stringify(given.input ?? []).includes('call_output');
  const tools = (given.tools ?? []).map((/** @type {Given} */ { name, type }) => name ?? type);
  const command = wish === 'write' ? "printf 'Hello\\n' > hello.txt" : 'touch made.txt';
  const shell = ['exec_command', 'shell', 'shell_command', 'local_shell'].find((name) => tools.includes(name));
  const input =
    shell === 'exec_command'
      ? { cmd: command }
      : shell === 'shell_command'
        ? { command }
        : { command: ['sh', '-c', command] };
  const item =
    (wish === 'write' || wish === 'shell') && !done && shell
      ? { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: shell, arguments: JSON.stringify(input) }
      : {
          type: 'message',
          id: 'msg_1',
          role: 'assistant',
          content: [{ type: 'output_text', text: hello, annotations: [] }],
        };
  const usage = {
    input_tokens: 1000,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 20,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 1020,
  };
  sse(
    response,
    [
      { type: 'response.created', response: { id: 'resp_1' } },
      { type: 'response.output_item.added', output_index: 0, item },
      { type: 'response.output_item.done', output_index: 0, item },
      { type: 'response.completed', response: { id: 'resp_1', usage, output: [item] } },
    ],
    true,
  );
}

/** @param {Response} response @param {Given} given @param {Wish} wish */
function openAiChat(response, given, wish) {
  const done = (given.messages ?? []).some((/** @type {Given} */ { role }) => role === 'tool');
  const tools = (given.tools ?? []).map((/** @type {Given} */ { function: made }) => made.name);
  const call =
    wish === 'write' && tools.includes('write')
      ? { name: 'write', input: { filePath: `${process.env['STAND_IN_DIR'] ?? ''}/hello.txt`, content: 'Hello\n' } }
      : wish === 'shell' && tools.includes('bash')
        ? { name: 'bash', input: { command: 'touch made.txt', description: 'Make a file' } }
        : null;
  const calls = call !== null && !done;
  const delta = calls
    ? {
        role: 'assistant',
        tool_calls: [
          {
            index: 0,
            id: 'call_1',
            type: 'function',
            function: { name: call.name, arguments: JSON.stringify(call.input) },
          },
        ],
      }
    : { role: 'assistant', content: hello };
  const base = { id: 'chat_1', object: 'chat.completion.chunk', created: 1, model: given.model };
  const usage = { prompt_tokens: 1000, completion_tokens: 20, total_tokens: 1020 };
  sse(response, [
    { ...base, choices: [{ index: 0, delta, finish_reason: null }] },
    { ...base, choices: [{ index: 0, delta: {}, finish_reason: calls ? 'tool_calls' : 'stop' }], usage },
    '[DONE]',
  ]);
}

/** @param {Response} response @param {string} path @param {Given} given @param {Wish} wish */
function gemini(response, path, given, wish) {
  const done = JSON.stringify(given.contents ?? []).includes('functionResponse');
  const tools = (given.tools ?? [])
    .flatMap((/** @type {Given} */ { functionDeclarations }) => functionDeclarations ?? [])
    .map((/** @type {Given} */ { name }) => name);
  const call =
    wish === 'write' && tools.includes('write_file')
      ? {
          name: 'write_file',
          args: { file_path: `${process.env['STAND_IN_DIR'] ?? ''}/hello.txt`, content: 'Hello\n' },
        }
      : wish === 'shell' && tools.includes('run_shell_command')
        ? { name: 'run_shell_command', args: { command: 'touch made.txt', description: 'Make a file' } }
        : null;
  const part = call !== null && !done ? { functionCall: call } : { text: hello };
  const value = {
    candidates: [{ content: { role: 'model', parts: [part] }, finishReason: 'STOP', index: 0 }],
    usageMetadata: { promptTokenCount: 1000, candidatesTokenCount: 20, totalTokenCount: 1020 },
  };
  if (path.includes('stream')) sse(response, [value]);
  else json(response, 200, value);
}

if (process.argv[1] === import.meta.filename) process.stdout.write(`${(await startModel()).url}\n`);
