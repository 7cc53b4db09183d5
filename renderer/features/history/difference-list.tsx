import type { ShownDifference } from '../../../main/contract/history.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { useTaskNames } from './use-task-names.ts';
import { sideWords } from './value-words.ts';
import styles from './history.module.css';

const c = bindClasses(styles);

/** Lists each changed field with its old and new value. */
export function DifferenceList({ differences }: { differences: readonly ShownDifference[] }) {
  const nameOf = useTaskNames();
  return (
    <dl className={c('differences')} data-selectable>
      {differences.map((difference) => (
        <div key={difference.field} className={c('difference')}>
          <dt>{text.history.field(difference.field)}</dt>
          <dd>
            <del className={c('was')}>
              <span className="visually-hidden">{text.history.before} </span>
              {sideWords(difference, 'before', nameOf)}
            </del>
            <ins className={c('is')}>
              <span className="visually-hidden">{text.history.after} </span>
              {sideWords(difference, 'after', nameOf)}
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
