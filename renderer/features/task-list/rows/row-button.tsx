import type { MouseEvent, ReactNode } from 'react';
import { bindClasses } from '../../../ui/class-names.ts';
import styles from './row-button.module.css';

const c = bindClasses(styles);

interface RowButtonProps {
  label: string;
  icon: ReactNode;
  /** True for the one button of the list that Tab reaches; arrow keys reach the others. */
  isStop?: boolean;
  isDisabled?: boolean;
  hasMenu?: boolean;
  onClick: (event: MouseEvent<HTMLButtonElement>) => void;
}

/**
 * A button in a row. Its tooltip is the browser's own: a row has several buttons, and mounting a tooltip for each would
 * make scrolling slow.
 */
export function RowButton({ label, icon, isStop = false, isDisabled = false, hasMenu, onClick }: RowButtonProps) {
  return (
    <button
      type="button"
      className={c('button')}
      aria-label={label}
      title={label}
      aria-haspopup={hasMenu ? 'menu' : undefined}
      // Not `disabled`: a button that disables itself would lose the focus.
      aria-disabled={isDisabled || undefined}
      tabIndex={isStop ? 0 : -1}
      data-action
      onClick={(event) => {
        if (!isDisabled) onClick(event);
      }}
    >
      {icon}
    </button>
  );
}
