import { useEffect, useState } from 'react';
import type { FoundElsewhere } from '../../../main/contract/transfer.ts';
import type { OpenedImport } from '../../commands/transfer-commands.ts';
import { useCommands } from '../../session-context.tsx';
import { routeHash } from '../../stores/route.ts';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { ImportDialog } from '../settings/import-dialog.tsx';
import styles from './found-elsewhere.module.css';

const c = bindClasses(styles);

const nameOf = ({ kind, tasks, refused }: FoundElsewhere): string => text.movingIn.found[kind](tasks + refused);

/** Offers what the other schedulers of this machine hold. Shows nothing if they hold nothing. */
export function FoundElsewhereCard() {
  const { transfer } = useCommands();
  const [found, setFound] = useState<readonly FoundElsewhere[]>([]);
  const [opened, setOpened] = useState<OpenedImport | null>(null);
  useEffect(() => {
    let gone = false;
    void transfer.found().then((answer) => gone || setFound(answer));
    return () => {
      gone = true;
    };
  }, [transfer]);
  // An entry that cannot be imported alone is no reason to move.
  const offered = found.filter(({ tasks }) => tasks > 0);
  if (offered.length === 0) return null;
  return (
    <section className={c('card')} aria-label={text.movingIn.region}>
      <h3 className={c('title')}>{text.movingIn.title(offered.map(nameOf).join(text.movingIn.and))}</h3>
      <p className={c('hint')}>{text.movingIn.hint}</p>
      <div className={c('buttons')}>
        {offered.map((each) => (
          <Button
            key={each.kind}
            look={each.kind === offered[0]?.kind ? 'primary' : 'plain'}
            onClick={() => void transfer.open(each.kind).then(setOpened)}
          >
            {text.movingIn.review(nameOf(each))}
          </Button>
        ))}
      </div>
      <a className={c('all')} href={routeHash({ view: 'others' })}>
        {text.movingIn.all}
      </a>
      {opened !== null && <ImportDialog opened={opened} moves onClose={() => setOpened(null)} />}
    </section>
  );
}
