import { CalendarPlus } from 'lucide-react';
import type { PastedTask } from '../../../main/contract/pasted-task.ts';
import type { Commands } from '../../commands/commands.ts';
import { text } from '../../text/en.ts';
import { formatMoment } from '../../text/format.ts';
import type { SchedulePreview } from '../editor/schedule/use-schedule-preview.ts';
import type { PaletteEntry } from './palette-entries.ts';

const words = text.palette;

/** A text that could be a schedule; other texts are not sent to be read while a person searches. */
const scheduleLike =
  /^(?:every|each|once|daily|hourly|weekly|monthly|yearly|weekdays?|weekends?|on|at|in|tomorrow|today|next|noon|midnight|mon|tue|wed|thu|fri|sat|sun|@|\*|\d)\S*(?:\s|$)/i;

/** Returns the schedule to preview; empty if the text names none, as nearly every search. */
export function scheduleToRead(pasted: PastedTask): string {
  if (pasted.kind !== 'task') return '';
  const { schedule } = pasted.sketch;
  return pasted.command !== '' || scheduleLike.test(schedule) ? schedule : '';
}

/** Returns the entry that makes a task of what was typed or pasted; null if it is no task. */
export function creationEntry(
  { navigation, tasks }: Commands,
  pasted: PastedTask,
  { answer }: SchedulePreview,
  line: string,
): PaletteEntry | null {
  if (pasted.kind === 'several') return severalEntry(navigation, pasted.lines);
  const { sketch, command, notes } = pasted;
  const isRead = sketch.schedule !== '' && answer !== null;
  const isAlone = sketch.schedule === '' && command !== '';
  if (!isRead && !isAlone) return null;
  const fill = () => navigation.openEditor({ kind: 'new', sketch });
  // What would be lost is to be seen before the task exists.
  const isWhole = isRead && command !== '' && notes.length === 0;
  const missing = isAlone ? [words.chooseSchedule] : command === '' ? [words.chooseCommand] : [];
  const preview = isRead ? [answer.sentence, ...nextOf(answer.nextRuns), ...answer.warnings] : [];
  return {
    id: 'create',
    section: 'create',
    label: words.createTask(line),
    detail: [...(command === '' ? [] : [words.named(sketch.name)]), ...preview, ...missing, ...notes].join('\n'),
    icon: <CalendarPlus />,
    run: isWhole ? () => void tasks.create(sketch) : fill,
    runOther: { label: words.fillEditor, run: fill },
  };
}

function nextOf(runs: readonly string[]): string[] {
  const shown = runs.slice(0, 3).map((run) => formatMoment(run, Date.now()));
  return shown.length === 0 ? [] : [words.next(shown)];
}

const severalEntry = (navigation: Commands['navigation'], lines: number): PaletteEntry => ({
  id: 'create',
  section: 'create',
  label: text.quickAdd.several(lines),
  icon: <CalendarPlus />,
  run: () => navigation.showSetting(text.transfer.title),
});
