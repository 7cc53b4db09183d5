import { bindClasses } from './class-names.ts';
import styles from './json-tree.module.css';

const c = bindClasses(styles);

/** Number of levels that are open initially. */
const OPEN_LEVELS = 2;
/** Limit of children shown per object or list. */
const CHILDREN_LIMIT = 200;

/** A JSON value with collapsible objects and lists. */
export function JsonTree({ value, label }: { value: unknown; label: string }) {
  return (
    <div className={c('tree')} role="group" aria-label={label} data-selectable>
      <Node name={null} value={value} level={0} />
    </div>
  );
}

interface NodeProps {
  name: string | null;
  value: unknown;
  level: number;
}

function Node({ name, value, level }: NodeProps) {
  if (typeof value !== 'object' || value === null) {
    return (
      <div className={c('leaf')}>
        <Name name={name} />
        <span className={c(typeof value === 'string' ? 'string' : 'other')}>
          {typeof value === 'string' ? value : JSON.stringify(value)}
        </span>
      </div>
    );
  }
  const isList = Array.isArray(value);
  const children = Object.entries<unknown>({ ...value });
  const size = isList ? `[${children.length}]` : `{${children.length}}`;
  return (
    <details open={level < OPEN_LEVELS && children.length <= CHILDREN_LIMIT}>
      <summary className={c('summary')}>
        <Name name={name} />
        <span className={c('size')}>{size}</span>
      </summary>
      <div className={c('children')}>
        {children.slice(0, CHILDREN_LIMIT).map(([key, child]) => (
          <Node key={key} name={key} value={child} level={level + 1} />
        ))}
        {children.length > CHILDREN_LIMIT && <span className={c('size')}>… {children.length - CHILDREN_LIMIT}</span>}
      </div>
    </details>
  );
}

const Name = ({ name }: { name: string | null }) => name !== null && <span className={c('name')}>{name}: </span>;
