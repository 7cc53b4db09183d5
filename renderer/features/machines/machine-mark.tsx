import type { MachineStatus } from '../../../main/contract/machines.ts';
import { bindClasses } from '../../ui/class-names.ts';
import styles from './machine-mark.module.css';
import type { MachineTone } from './machine-words.ts';

const c = bindClasses(styles);

/** The square with the colour that a person gave a machine, and its state as a dot at the corner. The text beside it says both. */
export function MachineMark({ colour, tone }: { colour: MachineStatus['colour']; tone: MachineTone }) {
  return (
    <span aria-hidden className={c('mark')} data-colour={colour ?? undefined}>
      <span className={c('dot', tone)} />
    </span>
  );
}
