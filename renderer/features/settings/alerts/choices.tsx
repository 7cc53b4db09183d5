import { bindClasses } from '../../../ui/class-names.ts';
import settingsStyles from '../settings.module.css';
import styles from './alerts.module.css';

const c = bindClasses({ ...settingsStyles, ...styles });

interface ChoicesProps {
  legend: string;
  labels: Readonly<Record<string, string>>;
  chosen: readonly string[];
  error?: string | undefined;
  onChange: (chosen: string[]) => void;
}

/** Several of some choices, in the order in which they are listed. */
export function Choices({ legend, labels, chosen, error, onChange }: ChoicesProps) {
  const all = Object.keys(labels);
  const toggle = (name: string, isOn: boolean) =>
    onChange(all.filter((each) => (each === name ? isOn : chosen.includes(each))));
  return (
    <fieldset className={c('choices')}>
      <legend>{legend}</legend>
      {all.map((name) => (
        <label key={name} className={c('choice')}>
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            onChange={(event) => toggle(name, event.target.checked)}
          />
          {labels[name]}
        </label>
      ))}
      {error !== undefined && (
        <p className={c('bad')} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
