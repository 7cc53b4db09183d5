import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { readRecipe } from '../../../main/contract/recipes/recipe.ts';
import type { Recipe, RecipeTask } from '../../../main/contract/recipes/recipe.ts';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { RecipeFieldInput } from './recipe-field-input.tsx';
import { RecipePreview } from './recipe-preview.tsx';
import styles from './recipes-dialog.module.css';

const c = bindClasses(styles);
const words = text.recipes;
type Values = Readonly<Record<string, string>>;

interface RecipeFormProps {
  recipe: Recipe;
  onBack: () => void;
  onEdit: (task: RecipeTask) => void;
  /** Resolves with why the task was refused, or null. */
  onCreate: (task: RecipeTask) => Promise<string | null>;
}

/** The fields of a recipe and the task that results. */
export function RecipeForm({ recipe, onBack, onEdit, onCreate }: RecipeFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState<Values>({});
  const [errors, setErrors] = useState<Values>({});
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  /** Returns the task, or shows what is wrong and moves the focus there. */
  const read = (): RecipeTask | null => {
    const reading = readRecipe(recipe, values);
    if (reading.ok) return reading.task;
    const found = Object.fromEntries(reading.problems.map(({ field, message }) => [field, message]));
    flushSync(() => setErrors(found));
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    return null;
  };
  const edit = () => {
    const task = read();
    if (task !== null) onEdit(task);
  };
  const create = async () => {
    const task = busy ? null : read();
    if (task === null) return;
    setBusy(true);
    const problem = await onCreate(task);
    // After success the dialog is closed.
    if (problem === null) return;
    setRefused(problem);
    setBusy(false);
  };
  const change = (name: string) => (value: string) => {
    setValues((before) => ({ ...before, [name]: value }));
    setErrors(({ [name]: _corrected, ...others }) => others);
    setRefused(null);
  };
  return (
    <form
      ref={form}
      className={c('form')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <DialogBody>
        <div className={c('fields')}>
          <p className={c('intro')}>{recipe.does}</p>
          {recipe.needs !== null && (
            <p className={c('needs')}>
              <strong>{words.needs}:</strong> {recipe.needs}
            </p>
          )}
          {recipe.fields.map((field, at) => (
            <RecipeFieldInput
              key={field.name}
              field={field}
              isFirst={at === 0}
              value={values[field.name] ?? ''}
              error={errors[field.name]}
              onChange={change(field.name)}
            />
          ))}
          <RecipePreview recipe={recipe} values={values} />
        </div>
      </DialogBody>
      <DialogFooter>
        <Button look="quiet" onClick={onBack}>
          {words.back}
        </Button>
        <div className={c('refused')} role={refused === null ? undefined : 'alert'}>
          {refused}
        </div>
        <Button onClick={edit}>{words.edit}</Button>
        <Button type="submit" look="primary" busy={busy}>
          {words.create}
        </Button>
      </DialogFooter>
    </form>
  );
}
