import type { Call } from '../bridge/client.ts';
import { showToast } from '../stores/toast-store.ts';
import type { Stores } from '../stores/stores.ts';
import { text } from '../text/en.ts';
import { attempt } from './attempt.ts';

export function createDoctorCommands(call: Call, { doctor, toasts }: Stores) {
  const look = async (name: 'doctor.diagnose' | 'doctor.fix') => {
    if (doctor.getState().busy !== null) return null;
    doctor.setState({ busy: name === 'doctor.fix' ? 'fixing' : 'checking' });
    const answer = await attempt(toasts, () => call(name, {}));
    doctor.setState({ busy: null, ...(answer && { ...answer, checkedAt: new Date().toISOString() }) });
    return answer?.checks ?? null;
  };
  return {
    /** Checks everything a run needs; changes nothing. */
    check: () => look('doctor.diagnose'),
    /** Fixes what can be fixed and shows the result. */
    fix: async () => {
      const checks = await look('doctor.fix');
      if (checks === null) return;
      const left = checks.filter(({ status }) => status !== 'ok').length;
      const fixed = checks.filter((check) => check.fixed === true).length;
      showToast(toasts, {
        tone: left === 0 ? 'info' : 'error',
        message: left === 0 ? text.checks.allFixed(fixed) : text.checks.someLeft(fixed, left),
      });
    },
  };
}
