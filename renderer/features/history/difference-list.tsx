import type { FieldDifference } from '../../../main/contract/history.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { valueWords } from './value-words.ts';
import styles from './history.module.css';

const c = bindClasses(styles);

/** Lists each changed field with its old and new value. */
export function DifferenceList({ differences }: { differences: readonly FieldDifference[] }) {
  return (
    <dl className={c('differences')} data-selectable>
      {differences.map(({ field, before, after }) => (
        <div key={field} className={c('difference')}>
          <dt>{text.history.field(field)}</dt>
          <dd>
            <del className={c('was')}>
              <span className="visually-hidden">{text.history.before} </span>
              {valueWords(field, before)}
            </del>
            <ins className={c('is')}>
              <span className="visually-hidden">{text.history.after} </span>
              {valueWords(field, after)}
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
