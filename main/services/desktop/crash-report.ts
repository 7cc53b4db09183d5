export interface CrashFacts {
  /** What ended, as a person would say it. */
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
 * The report of a crash, to be copied into an issue. It holds no environment, no parameters of tasks and no log; what an
 * error's text may carry of a secret is masked, and the home folder is `~`.
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

/** Forms in which credentials commonly stand in a text. Order counts: the wider ones come last. */
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
