/** Something that took time, in the terms of OpenTelemetry. */
export interface Span {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  /** Null for the span of a whole run. */
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Why it failed; null if it did not. */
  readonly problem: string | null;
  readonly attributes: Readonly<Record<string, string | number>>;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Sends traces of runs to a collector, if the standard variables `OTEL_*` name one. */
export interface Traces {
  /** @param variables the environment of tasks; what it does not name is taken from this process */
  isOn(variables: Variables): boolean;
  /** Returns which variable asks for traces with a value that cannot be used, and what would be right; null if none does. */
  problem(variables: Variables): string | null;
  /** Sends spans without making the caller wait. A failure is only logged. */
  export(spans: readonly Span[], variables: Variables): void;
  /** Resolves when everything has been sent or has failed, and after a few seconds at the latest. Never rejects. */
  flush(): Promise<void>;
}
