export interface CrashFacts {
  /** What happened, as a sentence. */
  readonly what: string;
  readonly error: unknown;
  /** ISO instant. */
  readonly at: string;
  readonly version: string;
  readonly runtime: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly homeDir: string;
}

/**
 * Returns a crash report that can be copied into an issue. It contains no environment, task parameters or logs. Secrets
 * in the error text are masked, and the home directory is written as `~`.
 */
export function crashReport({ what, error, at, version, runtime, platform, homeDir }: CrashFacts): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const { electron, node, chrome } = runtime;
  return [
    `NCP Scheduler ${version} on ${platform}`,
    `Electron ${electron ?? '–'}, Node ${node ?? '–'}, Chromium ${chrome ?? '–'}`,
    `${at}: ${what}`,
    '',
    withoutSecrets(stack.replaceAll(homeDir, '~')),
    '',
  ].join('\n');
}

/** Common forms of credentials in a text. The order matters: the broader patterns come last. */
const secretForms: readonly (readonly [RegExp, string])[] = [
  [/\b([a-z][a-z\d+.-]*:\/\/)[^\s/@]+@/gi, '$1…@'],
  [/\b(bearer|basic)\s+[\w.~+/-]+=*/gi, '$1 …'],
  [
    /\b([\w-]*(?:password|passwd|secret|token|api[_-]?key|auth(?:orization)?)[\w-]*["']?\s*[:=]\s*["']?)[^\s"'&,;]+/gi,
    '$1…',
  ],
  [/\b[A-Za-z\d_-]{32,}\b/g, '…'],
];

export function withoutSecrets(text: string): string {
  return secretForms.reduce((masked, [form, replacement]) => masked.replace(form, replacement), text);
}
