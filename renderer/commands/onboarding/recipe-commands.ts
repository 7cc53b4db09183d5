import type { RecipeTask } from '../../../main/contract/recipes/recipe.ts';
import { sentenceOf } from '../../bridge/bridge-error.ts';
import type { Call } from '../../bridge/client.ts';
import type { Stores } from '../../stores/stores.ts';
import { text } from '../../text/en.ts';
import { formatCountdown } from '../../text/format.ts';
import type { HistoryCommands } from '../history-commands.ts';
import type { NavigationCommands } from '../navigation-commands.ts';

interface OtherCommands {
  navigation: NavigationCommands;
  history: HistoryCommands;
}

/** Commands of the recipes. */
export function createRecipeCommands(call: Call, stores: Stores, { navigation, history }: OtherCommands) {
  const close = () => stores.navigation.setState({ recipe: null });
  return {
    /** Opens the recipe of this name, or the list of all. */
    open: (name: string | null) =>
      stores.navigation.setState({ recipe: { name }, editor: null, paletteOpen: false, quickAddOpen: false }),
    close,
    /** Creates the task, with Undo in a toast. Returns why it was refused, or null. */
    create: async (task: RecipeTask): Promise<string | null> => {
      try {
        const { task: made, nextRuns } = await call('tasks.create', task);
        close();
        const next = nextRuns[0] === undefined ? '' : formatCountdown(nextRuns[0], Date.now());
        await history.toastWithUndo(made.id, text.editor.created(made.name, next));
        return null;
      } catch (thrown) {
        return sentenceOf(thrown);
      }
    },
    /** Opens the editor, filled in with the task. */
    edit: (task: RecipeTask) => {
      close();
      navigation.openEditor({ kind: 'new', sketch: task });
    },
  };
}
