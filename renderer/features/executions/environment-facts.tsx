import { useEffect, useState } from 'react';
import type { ExecutionSetup } from '../../../main/contract/execution.ts';
import { useSession } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import styles from './execution-facts.module.css';

const c = bindClasses(styles);
const words = text.executions.environment;

/** Shows where an execution ran and which variables it had. */
export function EnvironmentFacts({ setup }: { setup: ExecutionSetup }) {
  const variables = Object.entries(setup.env);
  return (
    <section aria-label={words.title}>
      <h2 className={c('heading')}>{words.title}</h2>
      <dl className={c('list')}>
        <div className={c('fact')}>
          <dt>{words.directory}</dt>
          <dd data-selectable>
            <code>{setup.workingDirectory}</code>
          </dd>
        </div>
        {setup.nice > 0 && (
          <div className={c('fact')}>
            <dt>{words.priority}</dt>
            <dd>{words.nice(setup.nice)}</dd>
          </div>
        )}
      </dl>
      {variables.length > 0 && (
        <pre className={c('json')} data-selectable>
          {variables.map(([name, value]) => `${name}=${value}`).join('\n')}
        </pre>
      )}
      <p className={c('inherited')}>{words.inherited(setup.inheritedVariables, variables.length)}</p>
    </section>
  );
}

/** Returns how the ledger says the execution was started; null while loading or if unknown. */
export function useSetup(executionId: string): ExecutionSetup | null {
  const { call } = useSession();
  const [known, setKnown] = useState<{ executionId: string; setup: ExecutionSetup | null } | null>(null);
  useEffect(() => {
    let gone = false;
    call('executions.get', { executionId }).then(
      ({ setup }) => !gone && setKnown({ executionId, setup }),
      // Retention may have deleted the run while it is on screen; what is shown stays.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [call, executionId]);
  return known?.executionId === executionId ? known.setup : null;
}
