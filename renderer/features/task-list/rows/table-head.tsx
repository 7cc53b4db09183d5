import { ArrowDown, ArrowUp } from 'lucide-react';
import { useCommands, usePreferences } from '../../../session-context.tsx';
import type { SortColumn } from '../../../stores/task-list/list-view.ts';
import { text } from '../../../text/en.ts';
import { bindClasses } from '../../../ui/class-names.ts';
import styles from './lines.module.css';

const c = bindClasses(styles);
const words = text.taskList;

/** The head of the table. Its buttons sort; the arrow keys reach them from the first row. */
export function TableHead() {
  return (
    <div role="row" aria-rowindex={1} className={c('header')}>
      <span role="columnheader" className={c('select')}>
        <span className="visually-hidden">{words.select}</span>
      </span>
      <Column column="status" className="status" iconOnly />
      <Column column="name" className="name" />
      <span role="columnheader" className={c('strip')}>
        {words.lastRuns}
      </span>
      <Column column="last" className="last" />
      <Column column="next" className="next" />
      <Column column="usual" className="usual" title={words.columnHints.usual} />
      <Column column="success" className="success" title={words.columnHints.success} />
      <span role="columnheader" className={c('actions')}>
        <span className="visually-hidden">{words.actions}</span>
      </span>
    </div>
  );
}

interface ColumnProps {
  column: SortColumn;
  className: string;
  title?: string;
  iconOnly?: boolean;
}

function Column({ column, className, title, iconOnly = false }: ColumnProps) {
  const { list } = useCommands();
  const sort = usePreferences((state) => state.taskList.sort);
  const isSorted = sort?.column === column;
  const label = words.columns[column];
  const Arrow = sort?.isReversed === true ? ArrowUp : ArrowDown;
  const direction = !isSorted ? undefined : sort.isReversed ? 'descending' : 'ascending';
  return (
    <span role="columnheader" aria-sort={direction} className={c(className)}>
      <button
        type="button"
        tabIndex={-1}
        data-sort
        className={c('column', isSorted && 'sorted')}
        title={title ?? words.sortBy(label)}
        onClick={() => list.sortBy(column)}
      >
        <span className={iconOnly ? 'visually-hidden' : ''}>{label}</span>
        {isSorted || iconOnly ? <Arrow aria-hidden /> : null}
      </button>
    </span>
  );
}
