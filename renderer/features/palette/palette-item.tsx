import { ChevronRight } from 'lucide-react';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import styles from './command-palette.module.css';
import type { PaletteEntry } from './palette-entries.ts';

const c = bindClasses(styles);

interface PaletteItemProps {
  entry: PaletteEntry;
  index: number;
  isActive: boolean;
  /** The name of the section that starts here. */
  heading: string | null;
  onHover: () => void;
  onPick: (other: boolean) => void;
  onEnter: () => void;
}

/** A row of the palette. A preview of several lines stands below its label. */
export function PaletteItem({ entry, index, isActive, heading, onHover, onPick, onEnter }: PaletteItemProps) {
  const { label, detail, section, icon, actions } = entry;
  const isPreview = section === 'create';
  return (
    <>
      {heading !== null && (
        <li role="presentation" className={c('heading')}>
          {heading}
        </li>
      )}
      <li
        id={`palette-${index}`}
        data-at={index}
        role="option"
        aria-selected={isActive}
        className={c('entry', isActive && 'active', isPreview && 'preview')}
        onMouseMove={onHover}
        onMouseDown={(event) => event.preventDefault()}
        onClick={(event) => onPick(event.ctrlKey || event.metaKey)}
      >
        <span aria-hidden className={c('icon')}>
          {icon}
        </span>
        <span className={c('label')}>{label}</span>
        {detail !== undefined && <span className={c('detail')}>{detail}</span>}
        {actions !== undefined && (
          <span
            aria-hidden
            title={text.palette.more}
            className={c('more')}
            onClick={(event) => {
              event.stopPropagation();
              onEnter();
            }}
          >
            <ChevronRight />
          </span>
        )}
      </li>
    </>
  );
}
