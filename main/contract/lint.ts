import { z } from 'zod';
import { instantSchema } from './task.ts';

/** What `lint` reads. `system-crontab` is /etc/crontab and /etc/cron.d, whose lines name a user. */
export const lintKindSchema = z.enum([
  'crontab',
  'system-crontab',
  'systemd',
  'launchd',
  'windows',
  'github',
  'kubernetes',
  'ncp-scheduler',
]);
export type LintKind = z.infer<typeof lintKindSchema>;

const lintFindingSchema = z.object({
  /** `error`: it does not run as written. `warning`: it may surprise. `note`: a fact worth knowing. */
  level: z.enum(['error', 'warning', 'note']),
  /** From 1; null if the finding is about the whole file. */
  line: z.number().int().nullable(),
  message: z.string(),
});
export type LintFinding = z.infer<typeof lintFindingSchema>;

const lintScheduleSchema = z.object({
  line: z.number().int().nullable(),
  name: z.string(),
  /** As written in the file; null if it is not one text, as in XML. */
  expression: z.string().nullable(),
  /** IANA zone in which its times are read; null if it has none. */
  timezone: z.string().nullable(),
  /** The schedule in words; null if it cannot be read or depends on an event. */
  sentence: z.string().nullable(),
  /** The next runs, at most as many as asked for. */
  nextRuns: z.array(instantSchema),
  findings: z.array(lintFindingSchema),
});
export type LintSchedule = z.infer<typeof lintScheduleSchema>;

const lintedFileSchema = z.object({
  file: z.string(),
  /** Null if no reader knows the file. */
  kind: lintKindSchema.nullable(),
  schedules: z.array(lintScheduleSchema),
  /** About the file itself. */
  findings: z.array(lintFindingSchema),
});
export type LintedFile = z.infer<typeof lintedFileSchema>;

export const lintReportSchema = z.object({
  files: z.array(lintedFileSchema),
  errors: z.number().int(),
  warnings: z.number().int(),
});
export type LintReport = z.infer<typeof lintReportSchema>;
