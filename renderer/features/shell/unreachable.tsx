import { Unplug } from 'lucide-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { text } from '../../text/en.ts';

/** Shown while the scheduler cannot be reached and no snapshot has arrived. */
export function Unreachable({ message }: { message: string }) {
  return (
    <main>
      <EmptyState icon={<Unplug />} title={text.shell.unreachable}>
        {message}
      </EmptyState>
    </main>
  );
}
