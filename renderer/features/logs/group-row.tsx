import { ChevronDown, ChevronRight } from 'lucide-react';
import type { LogGroup } from '../../stores/log-groups.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { lineHtml } from './lines/ansi.ts';
import styles from './log-row.module.css';

const c = bindClasses(styles);

interface GroupRowProps {
  ref: (element: Element | null) => void;
  index: number;
  start: number;
  group: LogGroup;
  isFolded: boolean;
  onToggle: () => void;
}

/** The title of a group of lines, which folds and unfolds them. */
export function GroupRow({ ref, index, start, group, isFolded, onToggle }: GroupRowProps) {
  const title = group.title === '' ? text.logs.untitled : group.title;
  const count = group.end - group.start - (group.closed ? 2 : 1);
  return (
    <div ref={ref} data-index={index} className={c('line', 'group')} style={{ transform: `translateY(${start}px)` }}>
      <button
        type="button"
        className={c('fold')}
        aria-expanded={!isFolded}
        aria-label={isFolded ? text.logs.unfold(title, count) : text.logs.fold(title)}
        onClick={onToggle}
      >
        {isFolded ? <ChevronRight aria-hidden /> : <ChevronDown aria-hidden />}
        <span dangerouslySetInnerHTML={{ __html: lineHtml(title) }} />
        <span className={c('count')}>{text.logs.inGroup(count)}</span>
      </button>
    </div>
  );
}
