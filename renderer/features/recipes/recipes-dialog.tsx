import { useState } from 'react';
import { recipesOn } from '../../../main/contract/recipes/recipes.ts';
import type { Recipe } from '../../../main/contract/recipes/recipe.ts';
import { useCommands, useSchedule } from '../../session-context.tsx';
import { text } from '../../text/en.ts';
import { Button } from '../../ui/button.tsx';
import { bindClasses } from '../../ui/class-names.ts';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { RecipeForm } from './recipe-form.tsx';
import styles from './recipes-dialog.module.css';

const c = bindClasses(styles);
const words = text.recipes;

/** Offers the recipes, and makes a task of one. @param first the name of the recipe to begin with; null for the list */
export function RecipesDialog({ first }: { first: string | null }) {
  const commands = useCommands();
  const all = recipesOn(useSchedule((schedule) => schedule.app.platform));
  const [{ open, last }, setState] = useState<{ open: string | null; last: string | null }>({
    open: first,
    last: null,
  });
  const recipe = all.find(({ name }) => name === open);
  return (
    <Dialog title={recipe?.title ?? words.title} onDismiss={commands.recipes.close}>
      {recipe === undefined ? (
        <RecipeList
          recipes={all}
          last={last}
          onClose={commands.recipes.close}
          onChoose={(name) => setState({ open: name, last: name })}
        />
      ) : (
        <RecipeForm
          key={recipe.name}
          recipe={recipe}
          onBack={() => setState({ open: null, last: recipe.name })}
          onEdit={commands.recipes.edit}
          onCreate={commands.recipes.create}
        />
      )}
    </Dialog>
  );
}

interface RecipeListProps {
  recipes: readonly Recipe[];
  /** The recipe that the person has just left: it gets the focus. */
  last: string | null;
  onChoose: (name: string) => void;
  onClose: () => void;
}

function RecipeList({ recipes, last, onChoose, onClose }: RecipeListProps) {
  return (
    <>
      <DialogBody>
        <p className={c('intro')}>{words.intro}</p>
        <ul className={c('list')} aria-label={words.list}>
          {recipes.map(({ name, title, does }) => (
            <li key={name}>
              <button
                type="button"
                className={c('recipe')}
                ref={(element) => void (name === last && element?.focus())}
                onClick={() => onChoose(name)}
              >
                <span className={c('name')}>{title}</span>
                <span className={c('does')}>{does}</span>
              </button>
            </li>
          ))}
        </ul>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>{text.common.cancel}</Button>
      </DialogFooter>
    </>
  );
}
