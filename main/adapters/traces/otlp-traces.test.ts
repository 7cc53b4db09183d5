import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Span } from '../../ports/traces.ts';
import { freePort } from '../../testing/free-port.ts';
import { serveHttp } from '../../testing/http-servers/http-servers.ts';
import { createOtlpTraces } from './otlp-traces.ts';

/** A message type of the official protobuf schema, which OpenTelemetry generates from opentelemetry-proto. */
interface Message {
  fromObject(value: object): object;
  verify(value: object): string | null;
  toObject(message: object, options: object): Request;
}
interface Request {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly Record<string, unknown>[] }[];
  }[];
}
interface Attribute {
  readonly key: string;
  readonly value: object;
}
const schema = createRequire(import.meta.url)('otlp-schema/build/src/generated/root.js') as {
  readonly opentelemetry: { proto: { collector: { trace: { v1: { ExportTraceServiceRequest: Message } } } } };
};
const request = schema.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;

/** Reads a request as a collector does: ids are hexadecimal in JSON, unlike other bytes, and unknown fields are refused. */
function collected(body: string): Request {
  const ids = new Set(['traceId', 'spanId', 'parentSpanId']);
  const json = JSON.parse(body, (key, value: unknown) =>
    ids.has(key) && typeof value === 'string' ? Buffer.from(value, 'hex').toString('base64') : value,
  ) as object;
  const message = request.fromObject(json);
  expect(request.verify(message)).toBeNull();
  const read = request.toObject(message, { longs: String, bytes: String, arrays: false });
  const given = JSON.parse(JSON.stringify(json, withoutEmpty)) as object;
  expect(JSON.parse(JSON.stringify(read, withoutEmpty))).toEqual(given);
  return read;
}
/** Leaves out what protobuf does not tell from an absent field, and numbers of 64 bits that JSON may hold as text. */
const withoutEmpty = (_: string, value: unknown): unknown =>
  value === 0 || (Array.isArray(value) && value.length === 0)
    ? undefined
    : typeof value === 'number'
      ? String(value)
      : value;

const span: Span = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  parentSpanId: '00f067aa0ba902b7',
  name: 'Attempt 1',
  startMs: 1_700_000_000_123,
  endMs: 1_700_000_002_456,
  problem: 'disk full',
  attributes: { 'ncp.task.name': 'Bäckup', 'process.exit.code': 3 },
};

async function collector(status = 200) {
  const requests: { readonly path: string; readonly body: string; readonly key: unknown }[] = [];
  const url = await serveHttp((incoming, response) => {
    void text(incoming).then((body) => {
      requests.push({ path: incoming.url ?? '', body, key: incoming.headers['x-key'] });
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  return { url, requests };
}

// Loading it in the first test could take longer than a flush waits.
beforeAll(() => import('./otlp-exporter.ts'));

const remarks: string[] = [];
const tracesWith = (env: NodeJS.ProcessEnv = {}) =>
  createOtlpTraces({
    ...{ env, version: '1.2.3' },
    logger: {
      info: () => undefined,
      error: () => undefined,
      warn: (_, facts) => void remarks.push(String(facts?.['problem'])),
    },
  });

// The exporter of OpenTelemetry reads the environment of the process.
const clean = () => {
  for (const name of Object.keys(process.env)) if (name.startsWith('OTEL_')) delete process.env[name];
  remarks.length = 0;
};

describe('traces', () => {
  it('reach the collector of the standard variables, in the official schema', async () => {
    clean();
    const { url, requests } = await collector();
    const variables = {
      OTEL_EXPORTER_OTLP_ENDPOINT: url,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=abc',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=test',
    };
    const traces = tracesWith(process.env);
    expect(traces.isOn(variables)).toBe(true);
    traces.export([span, { ...span, spanId: 'aaaaaaaaaaaaaaaa', parentSpanId: null, problem: null }], variables);
    await traces.flush();
    clean();
    expect(requests).toMatchObject([{ path: '/v1/traces', key: 'abc' }]);
    const [{ resource, scopeSpans } = expect.fail('no spans')] = collected(requests[0]?.body ?? '{}').resourceSpans;
    const named = (key: string) => resource.attributes.find((attribute) => attribute.key === key)?.value;
    expect(named('service.name')).toEqual({ stringValue: 'ncp-scheduler' });
    expect(named('deployment.environment')).toEqual({ stringValue: 'test' });
    const [child, root] = scopeSpans[0]?.spans ?? [];
    expect(child).toMatchObject({
      traceId: Buffer.from(span.traceId, 'hex').toString('base64'),
      parentSpanId: Buffer.from('00f067aa0ba902b7', 'hex').toString('base64'),
      name: 'Attempt 1',
      startTimeUnixNano: '1700000000123000000',
      endTimeUnixNano: '1700000002456000000',
      status: { code: 2, message: 'disk full' },
    });
    expect(root).toMatchObject({ status: { code: 1 } });
    expect(root).not.toHaveProperty('parentSpanId');
  });

  it('that a collector refuses, or that nothing takes, are only a remark, said once', async () => {
    for (const endpoint of [(await collector(400)).url, `http://127.0.0.1:${await freePort()}`]) {
      clean();
      const traces = tracesWith(process.env);
      // Otherwise the exporter retries for ten seconds.
      const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_TIMEOUT: '100' };
      traces.export([span], variables);
      traces.export([span], variables);
      await traces.flush();
      expect(remarks).toHaveLength(1);
    }
    clean();
  });

  it.each([
    ['off by default', {}, false],
    ['on with an endpoint', { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://x/v1/traces' }, true],
    ['on by name, at the standard address', { OTEL_TRACES_EXPORTER: 'otlp' }, true],
    ['off by name', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://x', OTEL_TRACES_EXPORTER: 'none' }, false],
    ['off with the SDK', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://x', OTEL_SDK_DISABLED: 'true' }, false],
    ['on with one of several exporters', { OTEL_TRACES_EXPORTER: 'console,otlp' }, true],
  ])('are %s', (_, variables, expected) => {
    remarks.length = 0;
    expect(tracesWith().isOn(variables)).toBe(expected);
    expect(tracesWith(variables).isOn({})).toBe(expected);
    expect(remarks).toEqual([]);
  });

  it.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'notaurl' }, 'OTEL_EXPORTER_OTLP_ENDPOINT is "notaurl"', 'http://127.0.0.1:4318.'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://x:99999' }, 'OTEL_EXPORTER_OTLP_ENDPOINT is', 'http://127.0.0.1:4318.'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'ftp://x' }, 'is "ftp://x"', 'not an http or https address'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318' }, 'is "localhost:4318"', 'not an http or https address'],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'x' }, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is "x"', ':4318/v1/traces.'],
    [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 'OTEL_EXPORTER_OTLP_PROTOCOL is grpc', 'http/json'],
    [{ OTEL_EXPORTER_OTLP_TIMEOUT: 'soon' }, 'OTEL_EXPORTER_OTLP_TIMEOUT is "soon"', '3000'],
    [
      { OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: 'zip' },
      'OTEL_EXPORTER_OTLP_TRACES_COMPRESSION is "zip"',
      'gzip or none',
    ],
  ])('are off with %j, which is said once', (wrong, found, right) => {
    remarks.length = 0;
    const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://x', ...wrong };
    const traces = tracesWith();
    expect([traces.isOn(variables), traces.isOn(variables)]).toEqual([false, false]);
    expect(remarks).toEqual([expect.stringContaining(found)]);
    expect(remarks[0]).toContain(right);
    expect(tracesWith(variables).problem({})).toBe(remarks[0]);
  });

  it('go where the environment of tasks says, whatever this process was started with', async () => {
    clean();
    const { url, requests } = await collector();
    process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = `http://127.0.0.1:${await freePort()}`;
    const traces = tracesWith(process.env);
    traces.export([span], { OTEL_EXPORTER_OTLP_ENDPOINT: url });
    await traces.flush();
    clean();
    expect(requests).toHaveLength(1);
  });
});
