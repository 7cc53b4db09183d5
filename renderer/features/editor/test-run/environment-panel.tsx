import { useEffect, useState } from 'react';
import type { EnvironmentDifference, EnvironmentReport } from '../../../../main/contract/test-run.ts';
import { sentenceOf } from '../../../bridge/bridge-error.ts';
import { useSession } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { Button } from '../../../ui/button.tsx';
import { bindClasses } from '../../../ui/class-names.ts';
import { useNow } from '../../../ui/clock.tsx';
import styles from './test-run-panel.module.css';

const c = bindClasses(styles);

type Answer = { report: EnvironmentReport } | { failure: string };

/** Compares the environment of tasks with that of a terminal, for tasks that work by hand but not when scheduled. */
export function EnvironmentPanel() {
  const { call } = useSession();
  const now = useNow(60_000);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const ask = (name: 'environment.compare' | 'environment.refresh') => {
    setAnswer(null);
    call(name, {}).then(
      (report) => setAnswer({ report }),
      (thrown: unknown) => setAnswer({ failure: sentenceOf(thrown) }),
    );
  };
  useEffect(() => ask('environment.compare'), []);
  if (answer === null) return <p className={c('remark')}>{text.testRun.comparing}</p>;
  const failure = 'failure' in answer ? answer.failure : answer.report.problem;
  if ('failure' in answer || failure !== null) {
    return (
      <p className={c('remark', 'bad')} role="alert">
        {text.testRun.unreadable(failure ?? '')}
      </p>
    );
  }
  const { differences, count } = answer.report;
  return (
    <div className={c('environment')}>
      <p>{text.testRun.captured(answer.report, now)}</p>
      {differences.length === 0 ? (
        <p>{text.testRun.same(count)}</p>
      ) : (
        <>
          <div className={c('differ')}>
            <p>{text.testRun.differ(differences.length)}</p>
            <Button size="small" title={text.testRun.refreshHint} onClick={() => ask('environment.refresh')}>
              {text.testRun.refresh}
            </Button>
          </div>
          <Differences differences={differences} />
        </>
      )}
    </div>
  );
}

function Differences({ differences }: { differences: readonly EnvironmentDifference[] }) {
  return (
    <table className={c('table')}>
      <thead>
        <tr>
          <th scope="col">{text.testRun.variable}</th>
          <th scope="col">{text.testRun.task}</th>
          <th scope="col">{text.testRun.shell}</th>
        </tr>
      </thead>
      <tbody data-selectable>
        {differences.map(({ name, captured, shell, hidden }) => (
          <tr key={name}>
            <th scope="row">
              <code>{name}</code>
            </th>
            <Value value={captured} hidden={hidden} />
            <Value value={shell} hidden={hidden} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ value, hidden }: { value: string | null; hidden: boolean }) {
  const remark =
    value === null ? text.testRun.nothing : hidden ? text.testRun.hidden : value === '' ? text.testRun.empty : null;
  return <td>{remark === null ? <code>{value}</code> : <span className={c('faint')}>{remark}</span>}</td>;
}
