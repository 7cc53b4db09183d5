import type { Application } from '../application/application.ts';
import type { HandlersOf } from './handlers.ts';

/** Checks and fixes everything that a run needs. */
export function doctorHandlers(application: Application): HandlersOf<'doctor'> {
  return {
    'doctor.diagnose': async () => ({ checks: [...(await (await application.doctor()).diagnose())] }),
    'doctor.fix': async () => ({ checks: [...(await (await application.doctor()).fix())] }),
  };
}
