import type { Stores } from '../../stores/stores.ts';
import type { createSettingsCommands } from '../settings-commands.ts';

type ChangeSettings = ReturnType<typeof createSettingsCommands>['change'];

/** Commands of the tour. The setting `tourSeen` keeps it from being offered again. */
export function createTourCommands({ navigation, settings }: Stores, change: ChangeSettings) {
  const remember = async () => {
    if (settings.getState().settings?.tourSeen !== true) await change({ tourSeen: true });
  };
  return {
    /** Shows the first step because the person asked for it, so it gets the focus. */
    start: () => navigation.setState({ tour: { step: 0, isAsked: true }, paletteOpen: false }),
    /** Shows the first step in a window without tasks. Does not move the focus, which the person did not ask for. */
    offer: () => navigation.setState({ tour: { step: 0, isAsked: false } }),
    /** @param step from 0 */
    go: async (step: number) => {
      navigation.setState({ tour: { step, isAsked: true } });
      await remember();
    },
    end: async () => {
      navigation.setState({ tour: null });
      await remember();
    },
  };
}
