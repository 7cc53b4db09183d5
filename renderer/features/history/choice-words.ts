import type { SettingName, Settings } from '../../../main/contract/settings.ts';
import { text } from '../../text/en.ts';

type Words<T> = Readonly<Record<Extract<T, string>, string>>;
/** The settings whose values are choices. */
type ChoiceSetting = {
  [N in SettingName]: string extends Settings[N] ? never : NonNullable<Settings[N]> extends string ? N : never;
}[SettingName];

const ofSettings: { readonly [N in ChoiceSetting]: Words<NonNullable<Settings[N]>> } = {
  worker: text.workers.policies,
  doubtfulRuns: text.doubts.policies,
  theme: text.settings.themes,
  osScheduler: text.settings.osSchedulers,
  timeFormat: text.times.timeFormats,
  firstDayOfWeek: text.times.firstDays,
};

/** The fields whose values are choices, with the words that the window has for each choice. */
const choices: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...ofSettings,
  'policies.overlap': text.editor.overlaps,
  'policies.catchUp': text.editor.catchUps,
  'policies.ifLost': text.editor.ifLosts,
  'policies.doubt': text.doubts.policies,
  'policies.worker': text.workers.policies,
};

/** Returns the words of a choice, as the editor and the settings name it; undefined for other values. */
export function choiceWords(field: string, value: string): string | undefined {
  const words = Object.hasOwn(choices, field) ? choices[field] : undefined;
  return words !== undefined && Object.hasOwn(words, value) ? words[value] : undefined;
}
