import { forecastText, usesText, type TaskUsage } from '../../../main/contract/budget.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import styles from './task-page.module.css';

const c = bindClasses(styles);

/** How much of its budgets a task has used, and its forecast where it has a budget or its runs report a cost. */
export function UsageFacts({ usage: { budgets, forecast } }: { usage: TaskUsage }) {
  const isShown = forecast !== null && forecast.runs > 0 && (budgets.length > 0 || forecast.cost !== null);
  return (
    <>
      {budgets.map(({ agent, uses }) => (
        <p key={agent} className={c('faint')}>
          {text.budgets.used(agent, usesText(uses))}
        </p>
      ))}
      {isShown && <p className={c('faint')}>{text.budgets.forecast(forecastText(forecast))}</p>}
    </>
  );
}
