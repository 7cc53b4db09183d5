import { z } from 'zod';
import { settingsChangeSchema, settingsSchema } from '../settings.ts';
import { nothing } from './inputs.ts';

const settings = z.object({ settings: settingsSchema });

export const settingsCalls = {
  'settings.get': { input: nothing, output: settings },
  'settings.update': { input: z.object({ change: settingsChangeSchema }), output: settings },
} as const;
