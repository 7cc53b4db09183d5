/** The output of one run that its tool counts as a success. */
export interface Sample {
  /** What ran; the test's title. */
  readonly of: string;
  /** @default shell:run */
  readonly tool?: string;
  readonly command?: string;
  readonly out?: string;
  readonly err?: string;
  readonly structured?: unknown;
}

const http = 'http:request';
const mcp = 'server:tool';

/** Outputs of programs and servers that failed without saying so by their exit code, status or `isError`. */
export const doubtful: readonly Sample[] = [
  { of: 'an API with success: false', tool: http, out: '{"success": false, "message": "Invalid API key"}' },
  { of: 'Slack', tool: http, out: '{"ok":false,"error":"channel_not_found"}' },
  { of: 'Telegram', tool: http, out: '{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}' },
  { of: 'GraphQL', tool: http, out: '{"data":null,"errors":[{"message":"Cannot query field \\"x\\""}]}' },
  { of: 'JSON-RPC', tool: http, out: '{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method not found"}}' },
  { of: 'Elasticsearch', tool: http, out: '{"error":{"root_cause":[],"type":"index_not_found"},"status":404}' },
  { of: 'OAuth', tool: http, out: '{"error":"invalid_grant","error_description":"Bad Request"}' },
  { of: 'a plain body', tool: http, out: 'Error: Rate limit exceeded, try again in 60 seconds\n' },
  { of: 'curl', command: 'curl -s https://api.example.com', out: '{\n  "success": false,\n  "code": 1\n}\n' },
  { of: 'messages, then JSON', command: './sync', out: 'connecting\nsending\n{"ok": false, "sent": 0}\n' },
  { of: 'a tool of an MCP server', tool: mcp, out: 'Error: Rate limit exceeded\n' },
  {
    of: 'FastMCP',
    tool: mcp,
    out: 'Error executing tool fetch: timed out\n',
    structured: { result: 'Error executing' },
  },
  { of: 'Python MCP JSON', tool: mcp, out: '{"success": false, "error": "x"}\n', structured: { result: '{"success"' } },
  { of: 'structured', tool: mcp, out: 'nothing sent', structured: { success: false, sent: 0 } },
  { of: 'wrapped structured', tool: mcp, out: '…', structured: { result: { ok: false } } },
  { of: 'prose of an MCP tool', tool: mcp, out: 'Failed to fetch https://example.com: 403 Forbidden\n' },
  { of: 'an emoji', tool: mcp, out: '❌ Error: the page does not exist\n' },
  { of: 'echo', command: 'echo ERROR', out: 'ERROR\n' },
  { of: 'a backup script', command: './backup.sh', out: 'Dumping…\nERROR: could not connect to database\n' },
  { of: 'git in a script', command: './pull.sh', err: 'fatal: not a git repository (or any parent)\n' },
  { of: 'colours', command: './deploy', out: '\u001b[31mError:\u001b[0m no such host\n' },
  { of: 'rustc', command: 'make -i', err: 'error[E0382]: borrow of moved value: `x`\n --> src/main.rs:4:5\n' },
  { of: 'tsc', command: 'tsc || true', out: "error TS2322: Type 'string' is not assignable\n" },
  { of: 'Maven', command: 'mvn -fn test', out: '[ERROR] There are test failures.\n' },
  {
    of: 'Python, caught',
    command: './job',
    err: 'Traceback (most recent call last):\n  File "a.py", line 1\nKeyError: 1\n',
  },
  { of: 'Python, indented', command: './job', out: 'x\n  Traceback (most recent call last):\n    File "a.py"\n' },
  { of: 'Python, last line', command: './job', err: 'starting\nrequests.exceptions.ConnectionError: refused\n' },
  { of: 'Node', command: './job', err: 'start\nTypeError: x is not a function\n    at run (/app/a.js:3:9)\nend\n' },
  {
    of: 'Java',
    command: './job',
    err: 'Exception in thread "main" java.lang.NullPointerException\n\tat A.main(A.java:3)\n',
  },
  {
    of: 'Spring',
    command: './job',
    out: 'up\njava.lang.IllegalStateException: no bean\n\tat a.B.c(B.java:12)\ndown\n',
  },
  { of: 'Go', command: './job &', err: 'panic: runtime error: index\n\ngoroutine 1 [running]:\nmain.main()\n' },
  { of: 'Rust', command: './job', err: "thread 'main' panicked at src/main.rs:2:5:\nboom\n" },
  {
    of: 'PHP',
    command: './job',
    out: 'hello\nPHP Fatal error:  Uncaught Error: Call to undefined f() in a.php:3\nbye\n',
  },
  { of: 'Ruby', command: './job', err: "start\na.rb:1:in `<main>': boom (RuntimeError)\n" },
  {
    of: '.NET',
    command: './job',
    err: 'Unhandled exception. System.Exception: boom\n   at P.Main() in /a.cs:line 3\n',
  },
];

/** Outputs that look like failures to a careless reader. */
export const innocent: readonly Sample[] = [
  { of: 'grep', command: 'grep -i error /var/log/app.log', out: 'ERROR: disk full\nerror: again\n' },
  { of: 'tail', command: 'tail -n 3 app.log', out: 'ERROR 12:00 timeout\nTraceback (most recent call last):\n' },
  { of: 'journalctl', command: 'journalctl -p err -n 1', out: 'error: kernel said something\n' },
  { of: 'kubectl', command: 'kubectl logs web | sort', out: 'Error: old\nTypeError: x\n    at a (b.js:1:1)\n' },
  { of: 'no errors', command: './lint', out: '0 errors, 0 warnings\n' },
  { of: 'a count', command: './lint', out: 'Errors: 0\n' },
  { of: 'a count of one kind', command: './lint', out: 'checked 12 files\nerror: 0\n' },
  { of: 'none', command: './check', out: 'Error: none\n' },
  { of: 'a rate', command: './report', out: 'Error rate: 0.2%\n' },
  { of: 'training', command: './train', out: 'error: 0.0123\nerror: 1.2e-3\n' },
  { of: 'a report', command: './report', out: 'ERROR REPORT for Monday\n\nnothing to report\n' },
  { of: 'ERROR LOG', command: './rotate', out: 'ERROR LOG rotated\n' },
  { of: 'a sentence', command: './doc', out: 'Error handling is described in chapter 3\n' },
  { of: 'in the middle', command: './sync', out: 'start\nError: host a refused, trying host b\ndone, 12 files\n' },
  { of: 'ESLint', command: 'eslint .', out: '✔ no problems\n' },
  { of: 'pytest', command: 'pytest', out: '12 passed, 0 failed, 0 errors in 0.12s\n' },
  { of: 'JUnit', command: 'mvn test', out: 'Tests run: 4, Failures: 0, Errors: 0, Skipped: 0\n[INFO] BUILD SUCCESS\n' },
  { of: 'rsync', command: 'rsync -a a b', out: 'sent 1,234 bytes  received 12 bytes\n' },
  { of: 'apt', command: 'apt-get update', err: 'W: Failed to fetch http://x, using old index\n' },
  { of: 'curl progress', command: 'curl x', err: '  % Total    % Received\n100  12\n' },
  { of: 'npm', command: 'npm ci', out: 'added 12 packages\n', err: 'npm warn deprecated x\n' },
  { of: 'git', command: 'git push', err: 'To github.com:a/b.git\n   1..2  main -> main\n' },
  { of: 'docker', command: 'docker ps', out: 'NAMES     STATUS\nfailed-job  Exited (1)\n' },
  { of: 'silence', command: 'cp a b' },
  { of: 'error: null', tool: http, out: '{"result":5,"error":null}' },
  { of: 'errors: []', tool: http, out: '{"data":{"a":1},"errors":[]}' },
  { of: 'partial GraphQL', tool: http, out: '{"data":{"a":1},"errors":[{"message":"b is slow"}]}' },
  { of: 'success: true', tool: http, out: '{"success":true,"errors":[],"messages":[]}' },
  { of: 'error: false', tool: http, out: '{"error":false,"message":"fine"}' },
  { of: 'a number of errors', tool: http, out: '{"errors":3,"requests":1000}' },
  { of: 'data with an error', tool: http, out: '{"error":"slow","items":[1,2]}' },
  { of: 'failures in data', tool: http, out: '{"runs":[{"success":false},{"success":true}]}' },
  { of: 'a list', tool: http, out: '[{"success":false}]' },
  { of: 'an HTML page', tool: http, out: '<!doctype html><title>Error: how to read it</title>' },
  { of: 'a long document', tool: http, out: `Error: a history\n${'It was a dark and stormy night.\n'.repeat(200)}` },
  { of: 'a web page about Python', tool: http, out: 'How to\n\nTraceback (most recent call last):\n  File "a"\n' },
  { of: 'a good answer', tool: mcp, out: 'Done: 3 issues closed\n', structured: { closed: 3 } },
  { of: 'structured data', tool: mcp, out: '{"success": true}', structured: { success: true, error: null } },
  {
    of: 'a server that logs',
    tool: mcp,
    out: 'ok\n',
    err: 'Error: could not read cache\nTraceback (most recent call last):\n',
  },
  { of: 'prose about failure', tool: mcp, out: 'Errors were fixed in 3 files\n' },
];
