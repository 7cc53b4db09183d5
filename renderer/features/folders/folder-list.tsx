import { Folder } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { FolderListing } from '../../../main/contract/folders.ts';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import styles from './folder-dialog.module.css';
import { activeAfter, insideOf } from './folder-keys.ts';

const c = bindClasses(styles);
const words = text.folders;

interface FolderListProps {
  listing: FolderListing;
  onOpen: (path: string) => void;
}

/** The folders of a folder. Enter or the right arrow opens one, the left arrow the parent; a letter finds the next name. */
export function FolderList({ listing, onOpen }: FolderListProps) {
  const { path, parent, folders, isWhole } = listing;
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const [active, setActive] = useState(0);
  // The list of the folder that was opened takes the focus over from the one before it.
  useEffect(() => list.current?.focus(), []);
  const openActive = () => {
    const name = folders[active];
    if (name !== undefined) onOpen(insideOf(path, name));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = activeAfter(event.key, active, folders);
    if (event.key === 'Enter' || event.key === 'ArrowRight') openActive();
    else if (event.key === 'ArrowLeft' && parent !== null) onOpen(parent);
    else if (next !== null) {
      setActive(next);
      list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
    } else return;
    event.preventDefault();
  };
  return (
    <>
      {folders.length === 0 && <p className={c('hint')}>{words.none}</p>}
      <ul
        ref={list}
        role="listbox"
        tabIndex={0}
        aria-label={words.listed(path)}
        aria-activedescendant={folders.length > 0 ? `${id}-${active}` : undefined}
        className={c('list')}
        onKeyDown={onKeyDown}
      >
        {folders.map((name, index) => (
          <li
            key={name}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            className={c('folder', index === active && 'active')}
            onClick={() => onOpen(insideOf(path, name))}
          >
            <Folder aria-hidden />
            <bdi>{name}</bdi>
          </li>
        ))}
      </ul>
      {!isWhole && <p className={c('hint')}>{words.partly}</p>}
    </>
  );
}
