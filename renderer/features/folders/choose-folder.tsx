import { useState } from 'react';
import type { ReactNode } from 'react';
import { useCan, useCommands } from '../../session-context.tsx';
import { Button } from '../../ui/button.tsx';
import { FolderDialog } from './folder-dialog.tsx';

interface ChooseFolderProps {
  /** Where to begin; empty for the home directory. */
  startAt: string;
  icon?: ReactNode;
  /** The words on the button. */
  children: ReactNode;
  onChoose: (path: string) => void;
}

/** Lets a person choose a folder of the machine: in the system's dialog, or where there is none, in a list of its folders. */
export function ChooseFolder({ startAt, icon, children, onChoose }: ChooseFolderProps) {
  const { tasks } = useCommands();
  const hasDialogs = useCan('dialogs');
  const mayChange = useCan('change');
  const [isListing, setListing] = useState(false);
  if (!hasDialogs && !mayChange) return null;
  const choose = async () => {
    if (!hasDialogs) return setListing(true);
    const path = await tasks.chooseDirectory(startAt);
    if (path !== null) onChoose(path);
  };
  const close = () => setListing(false);
  return (
    <>
      <Button size="small" look="quiet" icon={icon} onClick={() => void choose()}>
        {children}
      </Button>
      {isListing && (
        <FolderDialog
          startAt={startAt.trim()}
          onDismiss={close}
          onChoose={(path) => {
            close();
            onChoose(path);
          }}
        />
      )}
    </>
  );
}
