import { Copy, ExternalLink } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Execution } from '../../../main/contract/execution.ts';
import { shownPictures } from '../../../main/contract/result-files.ts';
import { copyText } from '../../bridge/clipboard.ts';
import { useCan, useCommands } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { formatBytes } from '../../../main/contract/sizes.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { JsonTree } from '../../ui/json-tree.tsx';
import styles from './execution-facts.module.css';
import { readContent } from './mcp-content.ts';
import type { ContentPart } from './mcp-content.ts';

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
      return <img className={c('image')} src={part.source} alt={text.executions.facts.imageResult} />;
    case 'file':
      return <ResultFile executionId={executionId} file={part} />;
    case 'lost':
      return (
        <Described title={text.executions.facts.fileNotSaved(part.reason)} about={part.about} bytes={part.bytes} />
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

interface FileProps {
  executionId: string;
  file: Extract<ContentPart, { kind: 'file' }>;
}

/** A file that the tool returned. Pictures are shown. */
function ResultFile({ executionId, file: { name, bytes, about } }: FileProps) {
  const { executions } = useCommands();
  const picture = usePicture(executionId, name);
  const canOpen = useCan('files');
  return (
    <>
      {picture !== null && <img className={c('image')} src={picture} alt={text.executions.facts.imageResult} />}
      <div className={c('resource')} data-selectable>
        <Described title={name} about={about} bytes={bytes} />
        {canOpen && (
          <IconButton
            label={text.executions.facts.openFile(name)}
            icon={<ExternalLink aria-hidden />}
            onClick={() => void executions.openResultFile(executionId, name)}
          />
        )}
      </div>
    </>
  );
}

function Described({ title, about, bytes }: { title: string; about: string; bytes: number }) {
  return (
    <span className={c('resourceText')}>
      {title}
      {about !== '' && <code>{about}</code>}
      <span className={c('faint')}>{formatBytes(bytes)}</span>
    </span>
  );
}

/** Returns the address of a picture for the page; null until it is loaded, and for other files. */
function usePicture(executionId: string, name: string): string | null {
  const { executions } = useCommands();
  const [source, setSource] = useState<string | null>(null);
  const isPicture = Object.hasOwn(shownPictures, name.split('.').at(-1) ?? '');
  useEffect(() => {
    if (!isPicture) return;
    let gone = false;
    executions.picture(executionId, name).then(
      (loaded) => gone || setSource(loaded),
      // The file is listed without its picture, and opening it says what is wrong.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [executions, executionId, name, isPicture]);
  return source;
}
