import type { TaskView } from '../../../../main/contract/task.ts';
import { text } from '../../../text/en.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { EnvironmentPanel } from '../../editor/test-run/environment-panel.tsx';
import { EnvironmentFacts, useSetup } from '../../executions/environment-facts.tsx';
import styles from '../task-page.module.css';

const c = bindClasses(styles);

interface EnvironmentTabProps {
  task: TaskView;
  /** The last run; null if the task has not run. */
  executionId: string | null;
}

/** Where and with which variables a task runs, what its last run had, and how that differs from a terminal. */
export function EnvironmentTab({ task, executionId }: EnvironmentTabProps) {
  const variables = Object.entries(task.env ?? {});
  return (
    <div className={c('padded')}>
      {task.workingDirectory !== undefined && (
        <section>
          <h2>{text.taskPage.directory}</h2>
          <code data-selectable>{task.workingDirectory}</code>
        </section>
      )}
      {variables.length > 0 && (
        <section>
          <h2>{text.taskPage.ownVariables}</h2>
          <pre className={c('variables')} data-selectable>
            {variables.map(([name, value]) => `${name}=${value}`).join('\n')}
          </pre>
        </section>
      )}
      {executionId !== null && <LastSetup executionId={executionId} />}
      <section>
        <h2>{text.taskPage.compare}</h2>
        <EnvironmentPanel />
      </section>
    </div>
  );
}

function LastSetup({ executionId }: { executionId: string }) {
  const setup = useSetup(executionId);
  return setup === null ? null : <EnvironmentFacts setup={setup} />;
}
