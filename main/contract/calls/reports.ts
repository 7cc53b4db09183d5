import { z } from 'zod';
import { insightOrderSchema, insightsSchema } from '../insights.ts';
import { slotExplanationSchema } from '../slot-explanation.ts';
import { missedReportSchema } from '../missed-runs.ts';
import { instantSchema } from '../task.ts';
import { groupReportSchema, taskReportSchema } from '../task-report.ts';
import { taskIdInput } from './inputs.ts';

/** Calls of the pages of a task and of a group, and of the page Insights. */
export const reportCalls = {
  'reports.task': { input: taskIdInput, output: taskReportSchema },
  /** The strips of the tasks of a group; of its first 200 tasks by name, if it has more. */
  'reports.group': { input: z.object({ timingId: z.string() }), output: groupReportSchema },
  /** What about all tasks is unusual, and what they cost, since an instant. */
  'reports.insights': { input: z.object({ since: instantSchema, order: insightOrderSchema }), output: insightsSchema },
  /** The missed slots of all tasks that have not run since; only those recorded after `recordedAfter`. */
  'reports.missed': { input: z.object({ recordedAfter: instantSchema.nullable() }), output: missedReportSchema },
  /** Why a slot of a task did not run, with the facts around it. Null if the schedule has no such slot. */
  'reports.slot': {
    input: taskIdInput.extend({ slot: instantSchema }),
    output: z.object({ explanation: slotExplanationSchema.nullable() }),
  },
} as const;
