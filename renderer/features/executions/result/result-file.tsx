import { ExternalLink } from 'lucide-react';
import { useEffect, useState } from 'react';
import { shownMediaType } from '../../../../main/contract/result-files.ts';
import { formatBytes } from '../../../../main/contract/sizes.ts';
import { useCan, useCommands } from '../../../session-context.tsx';
import { text } from '../../../text/en.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import styles from '../execution-facts.module.css';
import type { ContentPart } from './mcp-content.ts';
import { ResultMedia } from './result-media.tsx';

const c = bindClasses(styles);

interface FileProps {
  executionId: string;
  file: Extract<ContentPart, { kind: 'file' }>;
}

/** A file that the tool returned. Pictures are shown, and sound can be played. */
export function ResultFile({ executionId, file: { name, bytes, about } }: FileProps) {
  const { executions } = useCommands();
  const source = useMedia(executionId, name);
  const canOpen = useCan('files');
  return (
    <>
      {source !== null && <ResultMedia source={source} />}
      <div className={c('resource')} data-selectable>
        <DescribedFile title={name} about={about} bytes={bytes} />
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

export function DescribedFile({ title, about, bytes }: { title: string; about: string; bytes: number }) {
  return (
    <span className={c('resourceText')}>
      {title}
      {about !== '' && <code>{about}</code>}
      <span className={c('faint')}>{formatBytes(bytes)}</span>
    </span>
  );
}

/** Returns the address of a picture or sound for the page; null until it is loaded, and for other files. */
function useMedia(executionId: string, name: string): string | null {
  const { executions } = useCommands();
  const [source, setSource] = useState<string | null>(null);
  const isShown = shownMediaType(name) !== null;
  useEffect(() => {
    if (!isShown) return;
    let gone = false;
    executions.media(executionId, name).then(
      (loaded) => gone || setSource(loaded),
      // The file is listed without what it shows, and opening it says what is wrong.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [executions, executionId, name, isShown]);
  return source;
}
