import { Unplug } from 'lucide-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { text } from '../../text/en.ts';

/** Shown while there is no scheduler to talk to and nothing is known yet. */
export function Unreachable({ message }: { message: string }) {
  return (
    <main>
      <EmptyState icon={<Unplug />} title={text.shell.unreachable}>
        {message}
      </EmptyState>
    </main>
  );
}
