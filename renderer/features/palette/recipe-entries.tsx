import { ChefHat } from 'lucide-react';
import { recipesOn } from '../../../main/contract/recipes/recipes.ts';
import type { Commands } from '../../commands/commands.ts';
import { text } from '../../text/en.ts';
import type { PaletteEntry } from './palette-entries.ts';
import { synonyms } from './synonyms.ts';

/** Returns an entry for the list of recipes and one for each recipe. @param platform as in `process.platform` */
export function recipeEntries({ recipes }: Commands, platform: string): PaletteEntry[] {
  const base = { section: 'actions' as const, icon: <ChefHat /> };
  return [
    {
      ...{ ...base, id: 'recipes', label: text.recipes.title },
      synonyms: synonyms['recipes'] ?? '',
      run: () => recipes.open(null),
    },
    ...recipesOn(platform).map(({ name, title, does }) => ({
      ...{ ...base, id: `recipe-${name}`, label: title, detail: text.recipes.entry, synonyms: does },
      run: () => recipes.open(name),
    })),
  ];
}
