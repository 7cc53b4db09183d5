import { formatDuration } from '../../../main/contract/durations.ts';
import { summaryOf } from '../../../main/contract/built-in/built-ins.ts';
import type { Recipe } from '../../../main/contract/recipes/recipe.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { Countdown } from '../../ui/clock.tsx';
import { useSchedulePreview } from '../editor/schedule/use-schedule-preview.ts';
import styles from './recipes-dialog.module.css';
import { shownTask } from './shown-task.ts';

const c = bindClasses(styles);
const words = text.recipes;

interface RecipePreviewProps {
  recipe: Recipe;
  values: Readonly<Record<string, string>>;
}

/** Shows the task that results: its name, when and what it runs, what is success, and its time limit. */
export function RecipePreview({ recipe, values }: RecipePreviewProps) {
  const task = shownTask(recipe, values);
  const { answer } = useSchedulePreview(task?.schedule ?? '', '');
  if (task === null) return null;
  const next = answer?.nextRuns[0];
  const limit = task.policies?.timeoutMs;
  return (
    <section className={c('preview')} aria-label={words.preview}>
      <dl className={c('parts')}>
        <dt>{words.name}</dt>
        <dd>{task.name}</dd>
        <dt>{words.when}</dt>
        <dd>
          {answer?.sentence ?? task.schedule}
          {next !== undefined && (
            <span className={c('next')}>
              <Countdown to={next} />
            </span>
          )}
        </dd>
        <dt>{words.runs}</dt>
        <dd>
          <code className={c('command')}>{summaryOf(task.tool, task.parameters) ?? callOf(task)}</code>
        </dd>
        <dt>{words.succeeds}</dt>
        <dd>{recipe.succeeds}</dd>
        {limit !== undefined && (
          <>
            <dt>{words.limit}</dt>
            <dd>{words.limitWords(formatDuration(limit))}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

const callOf = ({ tool, parameters }: { tool: string; parameters: object }): string =>
  `${tool} ${JSON.stringify(parameters)}`;
