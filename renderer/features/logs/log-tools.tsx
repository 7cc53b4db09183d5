import {
  ArrowDown,
  ArrowUp,
  Clock,
  Copy,
  Download,
  ExternalLink,
  GitCompare,
  Link,
  OctagonAlert,
  WrapText,
} from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { Execution } from '../../../main/contract/execution.ts';
import { copyText } from '../../bridge/clipboard.ts';
import { useCan, useCommands, usePreferences, useSession } from '../../session-context.tsx';
import { plainText } from '../../stores/log-lines.ts';
import type { LogLine } from '../../stores/log-lines.ts';
import { showToast } from '../../stores/toast-store.ts';
import { actionOf } from '../../shortcuts.ts';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { LogFilters } from './log-filters.tsx';
import type { LogRows } from './use-log-rows.ts';
import type { LogSearch } from './use-log-search.ts';
import styles from './log-tools.module.css';

const c = bindClasses(styles);

interface LogToolsProps {
  execution: Execution;
  lines: readonly LogLine[];
  search: LogSearch;
  shown: LogRows;
  isPage: boolean;
  comparing: boolean;
  onCompare: () => void;
  /** The line whose link can be copied; null if there is none. */
  linkLine: number | null;
  onCopyLink: (line: number) => void;
  /** Null if no line explains a failure. */
  onJumpToError: (() => void) | null;
}

export function LogTools(props: LogToolsProps) {
  const { execution, lines, search, shown, isPage, comparing, onCompare, linkLine, onCopyLink, onJumpToError } = props;
  const canSave = useCan('files') && execution.logPath !== null;
  const canCompare = isPage && execution.status !== 'running';
  return (
    <div className={c('tools')}>
      {!comparing && <Search search={search} />}
      {!comparing && <LogFilters shown={shown} hasSearch={search.wanted !== ''} />}
      {onJumpToError && !comparing && (
        <Button size="small" icon={<OctagonAlert aria-hidden />} className={c('jump')} onClick={onJumpToError}>
          {text.log.jumpToError}
        </Button>
      )}
      {canCompare && (
        <Button size="small" icon={<GitCompare aria-hidden />} aria-pressed={comparing} onClick={onCompare}>
          {comparing ? text.logs.compare.hide : text.logs.compare.show}
        </Button>
      )}
      <span className={c('right')}>
        {isPage && linkLine !== null && !comparing && (
          <IconButton
            label={text.logs.copyLink(linkLine + 1)}
            icon={<Link aria-hidden />}
            onClick={() => onCopyLink(linkLine)}
          />
        )}
        <Switches />
        <CopyButton lines={lines} />
        {canSave && isPage && <SaveButton execution={execution} />}
        {canSave && <OpenButton execution={execution} />}
      </span>
    </div>
  );
}

function SaveButton({ execution }: { execution: Execution }) {
  const { executions } = useCommands();
  return (
    <IconButton
      label={text.logs.save}
      icon={<Download aria-hidden />}
      onClick={() => void executions.saveLog(execution)}
    />
  );
}

function Search({ search }: { search: LogSearch }) {
  const onKeyDown = (event: KeyboardEvent) => {
    const action = actionOf('log', event);
    if (action === 'nextMatch') search.step(1);
    else if (action === 'previousMatch') search.step(-1);
    else if (action === 'clearSearch' && search.wanted !== '') {
      // Escape leaves the run only if there is nothing to clear.
      event.preventDefault();
      search.setWanted('');
    }
  };
  return (
    <>
      <SearchBox label={text.log.search} value={search.wanted} onChange={search.setWanted} onKeyDown={onKeyDown} />
      {search.wanted !== '' && (
        <span className={c('found')}>
          <span role="status">
            {text.log.found(search.found.length === 0 ? 0 : search.at + 1, search.found.length)}
          </span>
          <IconButton label={text.log.previous} icon={<ArrowUp aria-hidden />} onClick={() => search.step(-1)} />
          <IconButton label={text.log.next} icon={<ArrowDown aria-hidden />} onClick={() => search.step(1)} />
        </span>
      )}
    </>
  );
}

function Switches() {
  const { stores } = useSession();
  const { logWrap, logTimes } = usePreferences((state) => state);
  return (
    <>
      <span className={c('times')}>
        <IconButton
          label={text.log.times}
          icon={<Clock aria-hidden />}
          pressed={logTimes}
          onClick={() => stores.preferences.setState({ logTimes: !logTimes })}
        />
      </span>
      <IconButton
        label={text.log.wrap}
        icon={<WrapText aria-hidden />}
        pressed={logWrap}
        onClick={() => stores.preferences.setState({ logWrap: !logWrap })}
      />
    </>
  );
}

function CopyButton({ lines }: { lines: readonly LogLine[] }) {
  const { stores } = useSession();
  const copy = async () => {
    const copied = await copyText(lines.map((line) => plainText(line.text)).join('\n'));
    const message = copied ? text.log.copied(lines.length) : text.log.notCopied;
    showToast(stores.toasts, { tone: copied ? 'info' : 'error', message });
  };
  return <IconButton label={text.log.copy} icon={<Copy aria-hidden />} onClick={() => void copy()} />;
}

function OpenButton({ execution }: { execution: Execution }) {
  const { executions } = useCommands();
  return (
    <IconButton
      label={text.log.open}
      icon={<ExternalLink aria-hidden />}
      onClick={() => void executions.openLogFile(execution)}
    />
  );
}
