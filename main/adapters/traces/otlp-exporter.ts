import { SpanKind, SpanStatusCode, TraceFlags, type HrTime } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, hostDetector, resourceFromAttributes } from '@opentelemetry/resources';
import type { Span } from '../../ports/traces.ts';

type ReadableSpan = Parameters<OTLPTraceExporter['export']>[0][number];
type Common = Pick<ReadableSpan, 'resource' | 'instrumentationScope'>;

export interface ExporterOptions {
  /** Version of this product. */
  readonly version: string;
  /** @default ncp-scheduler */
  readonly serviceName: string | undefined;
  /** How long the exporter tries to reach the collector, in ms. @default what `OTEL_*` says */
  readonly timeoutMs: number | undefined;
}

/** Returns what sends spans to the collector that `OTEL_*` of this process name. It rejects with the reason of a failure. */
export function openExporter(options: ExporterOptions): (spans: readonly Span[]) => Promise<void> {
  const { version, serviceName, timeoutMs } = options;
  const exporter = new OTLPTraceExporter(timeoutMs === undefined ? {} : { timeoutMillis: timeoutMs });
  const own = { 'service.name': serviceName ?? 'ncp-scheduler', 'service.version': version };
  const resource = detectResources({ detectors: [hostDetector, envDetector] });
  const common = {
    // The person's OTEL_RESOURCE_ATTRIBUTES count more than what is ours.
    resource: resourceFromAttributes(own).merge(resource),
    instrumentationScope: { name: 'ncp-scheduler', version },
  };
  return (spans) =>
    new Promise((resolve, reject) => {
      exporter.export(
        spans.map((span) => readable(span, common)),
        ({ code, error }) => {
          if (Number(code) === 0) resolve();
          else reject(error ?? new Error('The collector did not take them.'));
        },
      );
    });
}

function readable(span: Span, common: Common): ReadableSpan {
  const { traceId, spanId, parentSpanId, name, startMs, endMs, problem, attributes } = span;
  const context = (id: string) => ({ traceId, spanId: id, traceFlags: TraceFlags.SAMPLED });
  return {
    ...common,
    name,
    kind: SpanKind.INTERNAL,
    spanContext: () => context(spanId),
    ...(parentSpanId !== null && { parentSpanContext: context(parentSpanId) }),
    startTime: hrTime(startMs),
    endTime: hrTime(endMs),
    duration: hrTime(endMs - startMs),
    status: problem === null ? { code: SpanStatusCode.OK } : { code: SpanStatusCode.ERROR, message: problem },
    attributes,
    ...{ links: [], events: [], ended: true },
    ...{ droppedAttributesCount: 0, droppedEventsCount: 0, droppedLinksCount: 0 },
  };
}

/** Returns seconds and nanoseconds. */
const hrTime = (ms: number): HrTime => [Math.floor(ms / 1000), Math.round((ms % 1000) * 1e6)];
