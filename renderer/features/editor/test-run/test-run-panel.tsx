import { Square, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Execution } from '../../../../main/contract/execution.ts';
import { SessionContext, useCommands, useSession } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { formatDuration } from '../../../../main/contract/durations.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { RunMark } from '../../../ui/status.tsx';
import { LogPanel } from '../../logs/log-panel.tsx';
import { EnvironmentPanel } from './environment-panel.tsx';
import styles from './test-run-panel.module.css';

const c = bindClasses(styles);

type Tab = keyof typeof text.testRun.tabs;
const tabs = (['log', 'environment'] as const).map((value) => ({ value, label: text.testRun.tabs[value] }));

/** Shows a test run under the fields of the dialog, which stay editable. */
export function TestRunPanel({ execution, onClose }: { execution: Execution; onClose: () => void }) {
  const { executions } = useCommands();
  const [tab, setTab] = useState<Tab>('log');
  return (
    <section className={c('panel')} aria-label={text.testRun.region} onKeyDown={keepFormFromSaving}>
      <header className={c('head')}>
        <span role="status" className={c('outcome')}>
          <RunMark execution={execution} />
          <span className={c('facts')}>{factsOf(execution)}</span>
        </span>
        {execution.status === 'running' && (
          <Button
            size="small"
            look="danger"
            icon={<Square aria-hidden />}
            onClick={() => void executions.cancel(execution)}
          >
            {text.executions.cancel}
          </Button>
        )}
        <Segmented label={text.testRun.show} value={tab} options={tabs} onChange={setTab} />
        <IconButton label={text.testRun.close} icon={<X aria-hidden />} onClick={onClose} />
      </header>
      {execution.error && (
        <p className={c('error')} role="alert">
          {execution.error.message}
        </p>
      )}
      <div className={c('body')}>
        {tab === 'log' ? <TestLog key={execution.executionId} execution={execution} /> : <EnvironmentPanel />}
      </div>
    </section>
  );
}

/** Stops Enter in a field of the panel from saving the task: the panel is inside the form of the dialog. */
function keepFormFromSaving(event: KeyboardEvent): void {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
}

function factsOf({ duration, exitCode }: Execution): string {
  const facts = [
    duration === null ? null : text.testRun.took(formatDuration(duration)),
    exitCode === null ? null : text.testRun.exitCode(exitCode),
  ];
  return facts.filter((fact) => fact !== null).join(', ');
}

/** The log view with its own log: the view under the dialog may show the log of another run. */
function TestLog({ execution }: { execution: Execution }) {
  const session = useSession();
  const own = useMemo(() => {
    const { stores, commands } = session;
    return {
      ...session,
      stores: { ...stores, log: stores.testLog },
      commands: { ...commands, log: commands.testLog },
    };
  }, [session]);
  return (
    <SessionContext value={own}>
      <LogPanel execution={execution} />
    </SessionContext>
  );
}
