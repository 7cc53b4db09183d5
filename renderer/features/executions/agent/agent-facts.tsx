import { Copy } from 'lucide-react';
import { costText } from '../../../../main/contract/agent-result.ts';
import type { AgentResult } from '../../../../main/contract/agent-result.ts';
import { copyText } from '../../../bridge/clipboard.ts';
import { text } from '../../../text/en.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import styles from '../execution-facts.module.css';

const c = bindClasses(styles);
const words = text.executions.agent;

/** What an agent answered, what it cost, and how to continue its session. */
export function AgentFacts({ result }: { result: AgentResult }) {
  const { costUsd, turns, model, filesChanged, neededPermissions } = result;
  const facts = [
    [words.cost, costUsd === null ? null : costText(costUsd)],
    [words.turns, turns],
    [words.model, model],
    [words.files, filesChanged.join('\n') || null],
    [words.needs, neededPermissions.join('\n') || null],
  ].filter(([, value]) => value !== null);
  return (
    <>
      <h2 className={c('heading', result.isError && 'bad')}>{words.answer}</h2>
      <pre className={c('json')} tabIndex={0} aria-label={words.answer}>
        {result.text ?? words.noAnswer}
      </pre>
      <dl className={c('list')}>
        {facts.map(([name, value]) => (
          <div key={name} className={c('fact')}>
            <dt>{name}</dt>
            <dd data-selectable>{value}</dd>
          </div>
        ))}
      </dl>
      {result.resume !== null && <Resume command={result.resume} />}
    </>
  );
}

function Resume({ command }: { command: string }) {
  return (
    <div className={c('resource')} data-selectable>
      <span className={c('resourceText')}>
        {words.resume}
        <code>{command}</code>
      </span>
      <IconButton label={words.copyResume} icon={<Copy aria-hidden />} onClick={() => void copyText(command)} />
    </div>
  );
}
