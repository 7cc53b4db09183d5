import { Switch as Radix } from 'radix-ui';
import { bindClasses } from './class-names.ts';
import styles from './switch.module.css';
import type { ControlIds } from './field.tsx';

const c = bindClasses(styles);

interface SwitchProps extends Partial<ControlIds> {
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  'aria-label'?: string;
}

export function Switch({ checked, onChange, 'aria-invalid': _invalid, ...rest }: SwitchProps) {
  return (
    <Radix.Root className={c('track')} checked={checked} onCheckedChange={onChange} {...rest}>
      <Radix.Thumb className={c('thumb')} />
    </Radix.Root>
  );
}
