import { Copy } from 'lucide-react';
import { costText } from '../../../../main/contract/agent-result.ts';
import type { AgentResult } from '../../../../main/contract/agent-result.ts';
import { copyText } from '../../../bridge/clipboard.ts';
import { text } from '../../../text/en.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { JsonTree } from '../../../ui/json-tree.tsx';
import { Markdown } from '../../../ui/markdown/markdown.tsx';
import styles from '../execution-facts.module.css';
import { readContent } from '../result/mcp-content.ts';

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
      {result.text === null ? <p className={c('faint')}>{words.noAnswer}</p> : <Answer answer={result.text} />}
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

/** Agents answer in Markdown, or in JSON if they were asked for it. */
function Answer({ answer }: { answer: string }) {
  const [part] = readContent({ content: [{ type: 'text', text: answer }] }).parts;
  if (part?.kind === 'json') return <JsonTree value={part.value} label={words.answer} />;
  return (
    <div className={c('answer')} tabIndex={0} role="group" aria-label={words.answer}>
      <Markdown source={answer} />
    </div>
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
