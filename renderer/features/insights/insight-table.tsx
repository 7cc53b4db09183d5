import { ArrowDown } from 'lucide-react';
import type { InsightOrder, InsightsAnswer } from '../../../main/contract/insights.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { moveBetweenRows } from '../../ui/row-keys.ts';
import { InsightRow } from './insight-row.tsx';
import styles from './insights.module.css';

const c = bindClasses(styles);
const words = text.insights;
const orders: readonly InsightOrder[] = ['findings', 'runs', 'time', 'cpu', 'memory'];

interface TableProps {
  answer: InsightsAnswer;
  order: InsightOrder;
  onOrder: (order: InsightOrder) => void;
}

/** At most 200 tasks; their order is made where all tasks are known. */
export function InsightTable({ answer, order, onOrder }: TableProps) {
  const { tasks, total } = answer;
  return (
    <div role="table" aria-label={words.table} onKeyDown={moveBetweenRows}>
      <div role="rowgroup" className={c('head')}>
        <div role="row" className={c('row', 'header')}>
          <span role="columnheader">{words.columns.task}</span>
          {orders.map((column) => (
            <Column key={column} column={column} isSorted={column === order} onSort={() => onOrder(column)} />
          ))}
        </div>
      </div>
      <div role="rowgroup">
        {tasks.map((task) => (
          <InsightRow key={task.taskId} task={task} />
        ))}
      </div>
      {total > tasks.length && <p className={c('partly')}>{words.partly(tasks.length, total)}</p>}
    </div>
  );
}

function Column({ column, isSorted, onSort }: { column: InsightOrder; isSorted: boolean; onSort: () => void }) {
  const label = words.columns[column];
  const title =
    column === 'findings' ? words.sortByFindings : `${words.costHints[column]}. ${words.sortBy(label.toLowerCase())}`;
  return (
    <span
      role="columnheader"
      aria-sort={isSorted ? 'descending' : undefined}
      className={c(column === 'findings' ? 'finding' : 'number')}
    >
      <button type="button" className={c('column', isSorted && 'sorted')} title={title} onClick={onSort}>
        {label}
        {isSorted && <ArrowDown aria-hidden />}
      </button>
    </span>
  );
}
