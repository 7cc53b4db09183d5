import { messageOf } from '../../domain/errors.ts';
import type { CredentialCheck } from '../../services/credentials/credential-check.ts';
import { CredentialLook } from '../../services/credentials/credential-look.ts';
import type { Core } from '../core.ts';
import type { Outside } from '../outside.ts';

/** Returns the check, for which this process may have to open what runs tasks. */
type Check = () => Promise<Pick<CredentialCheck, 'problem'>>;

/** @param check called only if there is something to look at */
export function credentialLook(outside: Outside, { planner }: Core, check: Check): CredentialLook {
  const { store, ledger, clock, settings } = outside;
  return new CredentialLook({ store, ledger, clock, settings, planner, check });
}

/** Looks once, in a process that the OS scheduler started. A failure is reported, and is no failure of the runs. */
export async function checkSignIns(outside: Outside, core: Core, check: Check): Promise<void> {
  try {
    await credentialLook(outside, core, check).look({ fired: true });
  } catch (problem) {
    outside.logger.warn('Could not check the sign-ins of tasks', { problem: messageOf(problem) });
  }
}
