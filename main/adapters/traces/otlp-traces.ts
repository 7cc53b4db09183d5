import { secondMs } from '../../domain/durations.ts';
import { messageOf } from '../../domain/errors.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Span, Traces } from '../../ports/traces.ts';
import { readTraceVariables } from './trace-variables.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** How long a process that ends waits for a collector that does not answer. */
const flushMs = 3 * secondMs;

export interface OtlpTracesOptions {
  /** The environment of this process, which the exporter of OpenTelemetry reads: `OTEL_*` of tasks are added to it. */
  readonly env: NodeJS.ProcessEnv;
  readonly logger: Logger;
  /** Version of this product. */
  readonly version: string;
}

/**
 * Sends traces by OTLP over HTTP, as JSON. The standard variables say where
 * (https://opentelemetry.io/docs/specs/otel/protocol/exporter/). The code is loaded when there is something to send.
 */
export function createOtlpTraces({ env, logger, version }: OtlpTracesOptions): Traces {
  const sending = new Set<Promise<void>>();
  let warned = '';
  const requestOf = (variables: Variables) => readTraceVariables((name) => variables[name] ?? env[name] ?? '');
  const warn = (problem: string, what = 'Traces could not be sent'): void => {
    // A collector that is down would fill the log.
    if (problem !== warned) logger.warn(what, { problem });
    warned = problem;
  };
  let opened: Promise<(spans: readonly Span[]) => Promise<void>> | null = null;
  const open = async (variables: Variables) => {
    for (const [name, value] of Object.entries(variables))
      if (name.startsWith('OTEL_') && value !== undefined) env[name] = value;
    const { openExporter } = await import('./otlp-exporter.ts');
    const isLimited = Boolean(env['OTEL_EXPORTER_OTLP_TRACES_TIMEOUT'] ?? env['OTEL_EXPORTER_OTLP_TIMEOUT']);
    // Its own limit is ten seconds, and its retries keep a process from ending.
    const timeoutMs = isLimited ? undefined : flushMs;
    return openExporter({ version, serviceName: env['OTEL_SERVICE_NAME'], timeoutMs });
  };
  const send = async (spans: readonly Span[], variables: Variables): Promise<void> => {
    try {
      await (
        await (opened ??= open(variables))
      )(spans);
      warned = '';
    } catch (problem) {
      warn(messageOf(problem));
    }
  };
  return {
    isOn: (variables) => {
      const { isOn, problem } = requestOf(variables);
      if (problem !== null) warn(problem, 'Traces are off');
      return isOn;
    },
    problem: (variables) => requestOf(variables).problem,
    export: (spans, variables) => {
      const sent = send(spans, variables).finally(() => sending.delete(sent));
      sending.add(sent);
    },
    flush: async () => {
      if (sending.size === 0) return;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, flushMs)));
      await Promise.race([Promise.all(sending), late]);
      clearTimeout(timer);
    },
  };
}
