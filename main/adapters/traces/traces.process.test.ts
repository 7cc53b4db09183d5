import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { builtCommandLine } from '../../testing/built-command-line.ts';
import { serveHttp } from '../../testing/http-servers/http-servers.ts';

it('the built command line sends the spans of a run before it ends, and the task knows its place', async () => {
  const bodies: string[] = [];
  const url = await serveHttp((request, response) => {
    void text(request).then((body) => {
      bodies.push(body);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  const cli = builtCommandLine();
  onTestFinished(() => cli.dispose());
  Object.assign(cli.env, { OTEL_EXPORTER_OTLP_ENDPOINT: url });
  const params = JSON.stringify({ command: 'echo "$TRACEPARENT"' });
  await cli.run('create', '--name', 'Backup', '--on-demand', '--tool', 'shell:run', '--params', params);
  await cli.run('trigger', 'Backup');
  const spanId = /00-[0-9a-f]{32}-([0-9a-f]{16})-01/.exec((await cli.run('log', 'Backup')).stdout)?.[1];
  expect(bodies.join()).toContain('"name":"Backup"');
  expect(bodies.join()).toContain(`"spanId":"${spanId}"`);
});
