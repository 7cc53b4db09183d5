import { X } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import { bindClasses } from './class-names.ts';
import { tagColours, tagHue } from './tag-colours.ts';
import styles from './tag-chip.module.css';

const c = bindClasses(styles);

interface TagChipProps {
  tag: string;
  /** Makes the chip a button. */
  onClick?: { label: string; run: () => void };
  /** Shows a button that removes the tag. */
  onRemove?: { label: string; run: () => void };
}

/** A tag, with a colour that comes from its name. The name is always shown: the colour alone says nothing. */
export function TagChip({ tag, onClick, onRemove }: TagChipProps) {
  const style = coloursOf(tag);
  if (onClick) {
    return (
      <button
        type="button"
        tabIndex={-1}
        className={c('chip', 'button')}
        style={style}
        aria-label={onClick.label}
        title={onClick.label}
        onClick={onClick.run}
      >
        {tag}
      </button>
    );
  }
  return (
    <span className={c('chip')} style={style}>
      {tag}
      {onRemove && <RemoveButton {...onRemove} />}
    </span>
  );
}

/** A filter that can be removed, without a colour of its own. */
export function PlainChip({ children, onRemove }: { children: ReactNode; onRemove: TagChipProps['onRemove'] }) {
  return (
    <span className={c('chip', 'plain')}>
      {children}
      {onRemove && <RemoveButton {...onRemove} />}
    </span>
  );
}

function RemoveButton({ label, run }: { label: string; run: () => void }) {
  return (
    <button type="button" className={c('remove')} aria-label={label} title={label} onClick={run}>
      <X aria-hidden />
    </button>
  );
}

function coloursOf(tag: string): CSSProperties {
  const { light, dark } = tagColours(tagHue(tag));
  return {
    color: `light-dark(${light.ink}, ${dark.ink})`,
    backgroundColor: `light-dark(${light.ground}, ${dark.ground})`,
  };
}
