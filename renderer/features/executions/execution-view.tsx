import { ChevronLeft, FileQuestion, Pencil, RotateCw, Square } from 'lucide-react';
import { useEffect, useState } from 'react';
import { failureHeadline } from '../../../main/contract/failure-headline.ts';
import type { Execution } from '../../../main/contract/execution.ts';
import { useCommands, useExecutions, useSchedule } from '../../session-context.tsx';
import { findExecution } from '../../stores/executions-store.ts';
import { routeHash, taskPage } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { RunMark } from '../../ui/status.tsx';
import { View } from '../../ui/view.tsx';
import { LogPanel } from '../logs/log-panel.tsx';
import { FixCommand } from './fix/fix-command.tsx';
import { fixableCommand } from './fix/fixable-command.ts';
import { DoubtBanner } from './doubt/doubt-banner.tsx';
import { ExecutionFacts } from './execution-facts.tsx';
import styles from './execution-view.module.css';
import { useRunKeys } from './visit/use-run-keys.ts';
import { RerunDialog } from './rerun-dialog.tsx';

const c = bindClasses(styles);

/** One execution: its outcome, its facts and its log. @param line the line of its log that a link named */
export function ExecutionView({ executionId, line }: { executionId: string; line?: number | undefined }) {
  const { executions } = useCommands();
  const execution = useExecutions((state) => findExecution(state, executionId));
  useRunKeys(execution);
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    let gone = false;
    void executions.open(executionId).then((found) => !gone && setMissing(!found));
    return () => {
      gone = true;
    };
  }, [executions, executionId]);
  if (execution) return <KnownExecution execution={execution} line={line} />;
  return (
    <View title={<BackLink />}>
      {missing ? (
        <EmptyState icon={<FileQuestion />} title={text.executions.unknown}>
          {text.executions.unknownHint}
        </EmptyState>
      ) : (
        <Loading />
      )}
    </View>
  );
}

function KnownExecution({ execution, line }: { execution: Execution; line: number | undefined }) {
  const title = (
    <div className={c('title')}>
      <BackLink />
      <h1 className={c('name')}>
        <TaskName execution={execution} />
      </h1>
      <RunMark execution={execution} />
    </div>
  );
  return (
    <View title={title} tools={<ExecutionActions execution={execution} />} scrolls={false}>
      {execution.error && <Failure execution={execution} error={execution.error} />}
      {execution.doubt && <DoubtBanner execution={execution} doubt={execution.doubt} />}
      <div className={c('split')}>
        <LogPanel execution={execution} isPage line={line} />
        <ExecutionFacts execution={execution} />
      </div>
    </View>
  );
}

/** Why the run failed, and what fixes it. */
function Failure({ execution, error }: { execution: Execution; error: NonNullable<Execution['error']> }) {
  const { executions, navigation } = useCommands();
  const command = useSchedule((schedule) => fixableCommand(execution, schedule));
  const isFixing = useExecutions((state) => state.fixing === execution.executionId) && command !== null;
  const headline = failureHeadline(execution);
  return (
    <>
      <div className={c('error')} role="alert">
        <span className={c('said')}>
          <strong>{headline}</strong>
          {headline !== error.message && <span>{error.message}</span>}
        </span>
        <code>{error.code}</code>
        {error.code.startsWith('mcp/sign-in') && (
          <Button size="small" onClick={() => navigation.showSetting(text.settings.servers)}>
            {text.signIn.openSettings}
          </Button>
        )}
        {command !== null && !isFixing && (
          <Button size="small" icon={<Pencil aria-hidden />} onClick={() => executions.fix(execution.executionId)}>
            {text.executions.fix.open}
          </Button>
        )}
      </div>
      {isFixing && <FixCommand execution={execution} command={command} />}
    </>
  );
}

/** The name of the task, which opens its page while the task exists. */
function TaskName({ execution: { taskId, taskName } }: { execution: Execution }) {
  const exists = useSchedule((schedule) => schedule.tasks.some((task) => task.id === taskId));
  return exists ? <a href={routeHash(taskPage(taskId))}>{taskName}</a> : taskName;
}

const BackLink = () => (
  <a className={c('back')} href={routeHash({ view: 'executions' })} aria-label={text.executions.back}>
    <ChevronLeft aria-hidden />
  </a>
);

function ExecutionActions({ execution }: { execution: Execution }) {
  const { executions, navigation } = useCommands();
  const [isRerunning, setRerunning] = useState(false);
  const taskExists = useSchedule((schedule) => schedule.tasks.some((task) => task.id === execution.taskId));
  return (
    <>
      {taskExists && (
        <Button
          look="quiet"
          aria-keyshortcuts="E"
          onClick={() => navigation.openEditor({ kind: 'edit', taskId: execution.taskId })}
        >
          {text.executions.editTask}
        </Button>
      )}
      {execution.status === 'running' ? (
        <Button look="danger" icon={<Square aria-hidden />} onClick={() => void executions.cancel(execution)}>
          {text.executions.cancel}
        </Button>
      ) : (
        <>
          <Button
            icon={<RotateCw aria-hidden />}
            disabled={!taskExists}
            aria-keyshortcuts="R"
            title={taskExists ? undefined : text.executions.taskGone}
            onClick={() => void executions.rerun(execution)}
          >
            {text.executions.rerun}
          </Button>
          {taskExists && (
            <Button title={text.executions.rerunHint} onClick={() => setRerunning(true)}>
              {text.executions.rerunOther}
            </Button>
          )}
        </>
      )}
      {isRerunning && <RerunDialog execution={execution} onClose={() => setRerunning(false)} />}
    </>
  );
}
