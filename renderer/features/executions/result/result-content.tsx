import { Copy } from 'lucide-react';
import type { Execution } from '../../../../main/contract/execution.ts';
import { copyText } from '../../../bridge/clipboard.ts';
import { text } from '../../../text/en.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { JsonTree } from '../../../ui/json-tree.tsx';
import styles from '../execution-facts.module.css';
import { readContent } from './mcp-content.ts';
import type { ContentPart } from './mcp-content.ts';
import { DescribedFile, ResultFile } from './result-file.tsx';
import { ResultMedia } from './result-media.tsx';

const c = bindClasses(styles);

/** Shows the answer of a tool: MCP content by its type, anything else as JSON. */
export function ResultContent({ execution }: { execution: Execution }) {
  const { parts, isError } = readContent(execution.result);
  return (
    <>
      <h2 className={c('heading', isError && 'bad')}>
        {isError ? text.executions.facts.errorResult : text.executions.facts.result}
      </h2>
      <div className={c('parts')}>
        {parts.map((part, index) => (
          // The order of the parts of a finished result never changes.
          <Part key={index} part={part} executionId={execution.executionId} />
        ))}
      </div>
    </>
  );
}

function Part({ part, executionId }: { part: ContentPart; executionId: string }) {
  switch (part.kind) {
    case 'image':
    case 'audio':
      return <ResultMedia source={part.source} />;
    case 'file':
      return <ResultFile executionId={executionId} file={part} />;
    case 'lost':
      return (
        <DescribedFile title={text.executions.facts.fileNotSaved(part.reason)} about={part.about} bytes={part.bytes} />
      );
    case 'link':
      return (
        <div className={c('resource')} data-selectable>
          <span className={c('resourceText')}>
            {part.name}
            <code>{part.uri}</code>
            {part.description !== null && <span className={c('faint')}>{part.description}</span>}
          </span>
          <IconButton
            label={text.executions.facts.copyAddress}
            icon={<Copy aria-hidden />}
            onClick={() => void copyText(part.uri)}
          />
        </div>
      );
    case 'json':
      return <JsonTree value={part.value} label={text.executions.facts.result} />;
    case 'text':
      return (
        <pre className={c('json')} tabIndex={0} aria-label={text.executions.facts.result}>
          {part.text}
        </pre>
      );
  }
}
