import { useCallback, useEffect, useRef, useState } from 'react';
import type { FolderListing } from '../../../main/contract/folders.ts';
import { useCommands } from '../../session-context.tsx';

/** Lists the folders of the machine, from `startAt` on; from the home directory if that is empty or cannot be listed. */
export function useFolders(startAt: string) {
  const { tasks } = useCommands();
  const [listing, setListing] = useState<FolderListing | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  /** Counts the requests: only the answer to the newest one is shown. */
  const newest = useRef(0);
  /** Returns what is shown then; null if the folder cannot be listed, or another one was asked for meanwhile. */
  const open = useCallback(
    async (path: string | null): Promise<FolderListing | null> => {
      const request = ++newest.current;
      const answer = await tasks.listFolders(path);
      if (request !== newest.current) return null;
      if ('listing' in answer) setListing(answer.listing);
      setProblem('problem' in answer ? answer.problem : null);
      return 'listing' in answer ? answer.listing : null;
    },
    [tasks],
  );
  useEffect(() => {
    const begin = async () => {
      if (startAt !== '' && (await open(startAt)) !== null) return;
      const home = await tasks.listFolders(null);
      // The problem of `startAt` stays, so that the person sees why this is another folder.
      if ('listing' in home) setListing((shown) => shown ?? home.listing);
      else setProblem((shown) => shown ?? home.problem);
    };
    void begin();
  }, [open, tasks, startAt]);
  return { listing, problem, open };
}
