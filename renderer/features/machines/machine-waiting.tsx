import { Server, Unplug } from 'lucide-react';
import { useSession } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { bindClasses } from '../../ui/class-names.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { MachineTrouble } from './machine-banner.tsx';
import { MachineSwitcher } from './machine-switcher.tsx';
import styles from './machine-waiting.module.css';
import { useShownMachine } from './use-machines.ts';

const c = bindClasses(styles);
const words = text.machines;

/** Shown until a machine has answered for the first time: that it is being connected to, or why it cannot be. */
export function MachineWaiting({ name }: { name: string }) {
  const { fleet } = useSession();
  const machine = useShownMachine();
  const trouble = machine?.trouble ?? null;
  const actions = (
    <>
      {trouble !== null && <Button onClick={() => void fleet.connect(name)}>{words.tryNow}</Button>}
      <Button onClick={() => fleet.show(null)}>{words.backHere}</Button>
    </>
  );
  return (
    <div className={c('page')}>
      <div className={c('switcher')}>
        <MachineSwitcher />
      </div>
      <main>
        <EmptyState
          icon={trouble === null ? <Server /> : <Unplug />}
          title={trouble === null ? words.connectingTo(name) : words.notReached(name)}
          actions={actions}
        >
          <span role="status">{trouble !== null && <MachineTrouble trouble={trouble} />}</span>
        </EmptyState>
      </main>
    </div>
  );
}
