/** Whether the standard variables ask for traces; `problem` names the variable that keeps them off. */
export interface TraceRequest {
  readonly isOn: boolean;
  readonly problem: string | null;
}

type Value = (name: string) => string;

const off: TraceRequest = { isOn: false, problem: null };

/**
 * Reads what the variables of OpenTelemetry ask for. The exporter would replace a value that it cannot use by its
 * default, without a word, and send the spans to another collector than the one meant.
 * @param value the value of a variable, empty if it is not set
 */
export function readTraceVariables(value: Value): TraceRequest {
  if (value('OTEL_SDK_DISABLED').toLowerCase() === 'true') return off;
  const exporters = value('OTEL_TRACES_EXPORTER')
    .split(',')
    .map((name) => name.trim());
  const isNamed = exporters.includes('otlp');
  const endpoint = firstOf(['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'], value);
  if (exporters.join('') === '' ? endpoint === null : !isNamed) return off;
  const problem =
    (endpoint === null ? null : endpointProblem(endpoint)) ??
    checked('PROTOCOL', value, protocolProblem) ??
    checked('TIMEOUT', value, timeoutProblem) ??
    checked('COMPRESSION', value, compressionProblem);
  return { isOn: problem === null, problem };
}

interface Setting {
  readonly name: string;
  readonly text: string;
}

/** Returns the first of these variables that is set, as the exporter does. */
function firstOf(names: readonly string[], value: Value): Setting | null {
  const name = names.find((candidate) => value(candidate) !== '');
  return name === undefined ? null : { name, text: value(name) };
}

function checked(what: string, value: Value, problem: (setting: Setting) => string | null): string | null {
  const setting = firstOf([`OTEL_EXPORTER_OTLP_TRACES_${what}`, `OTEL_EXPORTER_OTLP_${what}`], value);
  return setting === null ? null : problem(setting);
}

function endpointProblem({ name, text }: Setting): string | null {
  const path = name.includes('TRACES') ? '/v1/traces' : '';
  const right = `Set it to the http or https address of a collector, such as http://127.0.0.1:4318${path}.`;
  if (!URL.canParse(text)) return `${name} is "${text}", which is not an address. ${right}`;
  return ['http:', 'https:'].includes(new URL(text).protocol)
    ? null
    : `${name} is "${text}", which is not an http or https address. ${right}`;
}

function protocolProblem({ name, text }: Setting): string | null {
  if (['http/json', 'http/protobuf'].includes(text)) return null;
  // gRPC has a port of its own, 4317.
  return `${name} is ${text}, which is not supported. Set it to http/json, and the endpoint to port 4318.`;
}

const timeoutProblem = ({ name, text }: Setting): string | null =>
  Number(text) > 0 ? null : `${name} is "${text}". Set it to a time in milliseconds, such as 3000.`;

const compressionProblem = ({ name, text }: Setting): string | null =>
  ['gzip', 'none'].includes(text) ? null : `${name} is "${text}". Set it to gzip or none.`;
