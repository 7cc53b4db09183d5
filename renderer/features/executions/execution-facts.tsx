import type { ReactNode } from 'react';
import type { Execution } from '../../../main/contract/execution.ts';
import { text } from '../../text/en.ts';
import { formatBytes, formatDuration, formatInstant, formatMoment } from '../../text/format.ts';
import { JsonTree } from '../../ui/json-tree.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { useNow } from '../../ui/clock.tsx';
import { RunningLength } from './execution-row.tsx';
import { SlotFacts } from './slot-facts.tsx';
import styles from './execution-facts.module.css';
import { ResultContent } from './result-content.tsx';

const c = bindClasses(styles);

/** What the ledger knows of one execution. */
export function ExecutionFacts({ execution }: { execution: Execution }) {
  return (
    <aside className={c('facts')} aria-label={text.executions.details}>
      <dl className={c('list')}>
        <Timing execution={execution} />
        <Outcome execution={execution} />
        <Fact name={text.executions.facts.tool}>
          <code>{execution.tool}</code>
        </Fact>
        <Fact name={text.executions.facts.id}>
          <code>{execution.executionId}</code>
        </Fact>
      </dl>
      {execution.slot !== null && <SlotFacts execution={execution} slot={execution.slot} />}
      {execution.result !== null && execution.result !== undefined && <ResultContent result={execution.result} />}
      <h2 className={c('heading')}>{text.executions.facts.parameters}</h2>
      <JsonTree value={execution.parameters} label={text.executions.facts.parameters} />
    </aside>
  );
}

function Timing({ execution }: { execution: Execution }) {
  const now = useNow(60_000);
  const { startedAt, slot, duration, trigger, attempt, status } = execution;
  return (
    <>
      <Fact name={text.executions.facts.started}>
        <time dateTime={startedAt} title={formatInstant(startedAt)}>
          {formatMoment(startedAt, now)}
        </time>
      </Fact>
      <Fact name={text.executions.facts.duration}>
        {status === 'running' ? (
          <RunningLength since={startedAt} />
        ) : duration === null ? (
          '–'
        ) : (
          formatDuration(duration)
        )}
      </Fact>
      <Fact name={text.executions.facts.trigger}>{text.executions.trigger[trigger]}</Fact>
      {slot !== null && (
        <Fact name={text.executions.facts.slot}>
          <time dateTime={slot} title={formatInstant(slot)}>
            {formatMoment(slot, now)}
          </time>
        </Fact>
      )}
      {attempt > 1 && <Fact name={text.executions.facts.attempt}>{attempt}</Fact>}
    </>
  );
}

function Outcome({ execution }: { execution: Execution }) {
  const { exitCode, signal, peakMemoryBytes, cpuMs, logBytes } = execution;
  return (
    <>
      {exitCode !== null && <Fact name={text.executions.facts.exitCode}>{exitCode}</Fact>}
      {signal !== null && <Fact name={text.executions.facts.signal}>{signal}</Fact>}
      {peakMemoryBytes !== null && <Fact name={text.executions.facts.memory}>{formatBytes(peakMemoryBytes)}</Fact>}
      {cpuMs !== null && <Fact name={text.executions.facts.cpu}>{formatDuration(cpuMs)}</Fact>}
      <Fact name={text.executions.facts.logSize}>{formatBytes(logBytes)}</Fact>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={c('fact')}>
      <dt>{name}</dt>
      <dd data-selectable>{children}</dd>
    </div>
  );
}
