import { ChevronRight } from 'lucide-react';
import { Collapsible } from 'radix-ui';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { bindClasses } from './class-names.ts';
import styles from './disclosure.module.css';

const c = bindClasses(styles);

interface DisclosureProps {
  title: string;
  /** Summary of the settings inside, shown while it is closed. */
  summary?: string;
  /** Whether it is open at first. */
  startOpen?: boolean;
  /** Opens it if an error is inside. */
  forceOpen?: boolean;
  children: ReactNode;
}

export function Disclosure({ title, summary, startOpen = false, forceOpen = false, children }: DisclosureProps) {
  const [open, setOpen] = useState(startOpen);
  return (
    <Collapsible.Root className={c('root')} open={open || forceOpen} onOpenChange={setOpen}>
      <Collapsible.Trigger className={c('trigger')}>
        <ChevronRight aria-hidden className={c('chevron')} />
        <span>{title}</span>
        {summary !== undefined && <span className={c('summary')}>{summary}</span>}
      </Collapsible.Trigger>
      <Collapsible.Content className={c('content')}>{children}</Collapsible.Content>
    </Collapsible.Root>
  );
}
