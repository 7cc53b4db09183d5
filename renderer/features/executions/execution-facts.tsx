import type { ReactNode } from 'react';
import { agentResultOf } from '../../../main/contract/agent-result.ts';
import type { Execution, ExecutionSetup } from '../../../main/contract/execution.ts';
import { text } from '../../text/en.ts';
import { formatDuration } from '../../../main/contract/durations.ts';
import { formatBytes } from '../../../main/contract/sizes.ts';
import { formatInstant, formatMoment } from '../../text/format.ts';
import { JsonTree } from '../../ui/json-tree.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { useNow } from '../../ui/clock.tsx';
import { AgentFacts } from './agent/agent-facts.tsx';
import { CauseFacts } from './cause-facts.tsx';
import { EnvironmentFacts, useSetup } from './environment-facts.tsx';
import { SlotFacts } from './slot-facts.tsx';
import styles from './execution-facts.module.css';
import { ResultContent } from './result/result-content.tsx';

const c = bindClasses(styles);

/** The facts that the ledger has about one execution. */
export function ExecutionFacts({ execution }: { execution: Execution }) {
  const setup = useSetup(execution.executionId);
  return (
    <aside className={c('facts')} aria-label={text.executions.details}>
      <dl className={c('list')}>
        <Timing execution={execution} setup={setup} />
        <Outcome execution={execution} setup={setup} />
        <Fact name={text.executions.facts.tool}>
          <code>{execution.tool}</code>
        </Fact>
        <Fact name={text.executions.facts.id}>
          <code>{execution.executionId}</code>
        </Fact>
      </dl>
      {execution.slot !== null && <SlotFacts execution={execution} slot={execution.slot} />}
      <CauseFacts execution={execution} />
      <Result execution={execution} />
      <h2 className={c('heading')}>{text.executions.facts.parameters}</h2>
      <JsonTree value={execution.parameters} label={text.executions.facts.parameters} />
      {setup !== null && <EnvironmentFacts setup={setup} />}
    </aside>
  );
}

function Result({ execution }: { execution: Execution }) {
  const agent = agentResultOf(execution);
  if (agent !== null) return <AgentFacts result={agent} />;
  return execution.result === null || execution.result === undefined ? null : <ResultContent execution={execution} />;
}

interface PartProps {
  execution: Execution;
  setup: ExecutionSetup | null;
}

function Timing({ execution, setup }: PartProps) {
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
        {status === 'running' ? <SoFar since={startedAt} /> : duration === null ? '–' : formatDuration(duration)}
        <Limit>{setup && formatDuration(setup.timeoutMs)}</Limit>
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

function Outcome({ execution, setup }: PartProps) {
  const { exitCode, signal, peakMemoryBytes, cpuMs, logBytes } = execution;
  return (
    <>
      {exitCode !== null && <Fact name={text.executions.facts.exitCode}>{exitCode}</Fact>}
      {signal !== null && <Fact name={text.executions.facts.signal}>{signal}</Fact>}
      {peakMemoryBytes !== null && (
        <Fact name={text.executions.facts.memory}>
          {formatBytes(peakMemoryBytes)}
          <Limit>{setup && setup.memoryBytes !== null && formatBytes(setup.memoryBytes)}</Limit>
        </Fact>
      )}
      {cpuMs !== null && <Fact name={text.executions.facts.cpu}>{formatDuration(cpuMs)}</Fact>}
      <Fact name={text.executions.facts.logSize}>
        {formatBytes(logBytes)}
        <Limit>{setup && formatBytes(setup.outputLimitBytes)}</Limit>
      </Fact>
    </>
  );
}

function SoFar({ since }: { since: string }) {
  const now = useNow();
  return formatDuration(Math.max(0, now - Date.parse(since)));
}

/** Shows the limit that applied to a value. */
function Limit({ children }: { children: string | null | false }) {
  return children ? <span className={c('faint')}>{text.executions.facts.atMost(children)}</span> : null;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={c('fact')}>
      <dt>{name}</dt>
      <dd data-selectable>{children}</dd>
    </div>
  );
}
