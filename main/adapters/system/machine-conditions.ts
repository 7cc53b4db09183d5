import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { MachineConditions } from '../../ports/machine-conditions.ts';

const powerSupplies = '/sys/class/power_supply';
const askMs = 5000;
const ask = promisify(execFile);

/** Reads conditions from the OS: the kernel's power supplies on Linux, `pmset` on macOS, CIM on Windows. */
export const systemConditions: MachineConditions = {
  onACPower: () => {
    switch (process.platform) {
      case 'linux':
        return linuxPower();
      case 'darwin':
        return answerOf('pmset', ['-g', 'batt'], (text) => text.includes("'AC Power'"));
      case 'win32':
        return answerOf(
          'powershell.exe',
          ['-NoProfile', '-Command', '(Get-CimInstance Win32_Battery).BatteryStatus'],
          // Without a battery the answer is empty; 1 is "discharging" (Win32_Battery, BatteryStatus).
          (text) => text.trim() !== '1',
        );
      default:
        return Promise.resolve(null);
    }
  },
  online: () => {
    const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
    return Promise.resolve(addresses.some(({ internal }) => !internal));
  },
};

/**
 * Returns whether Linux runs on mains. A machine that lists neither mains supply nor battery (a desktop, a container)
 * counts as on mains.
 */
async function linuxPower(): Promise<boolean | null> {
  const names = await readdir(powerSupplies).catch(() => null);
  if (names === null) return null;
  const read = (name: string, file: string) => readFile(join(powerSupplies, name, file), 'utf8').catch(() => '');
  const supplies = await Promise.all(
    names.map(async (name) => ({
      type: (await read(name, 'type')).trim(),
      online: (await read(name, 'online')).trim(),
    })),
  );
  const mains = supplies.filter(({ type }) => type === 'Mains' || type === 'USB');
  if (mains.length === 0) return supplies.some(({ type }) => type === 'Battery') ? null : true;
  return mains.some(({ online }) => online === '1');
}

async function answerOf(
  file: string,
  args: readonly string[],
  read: (text: string) => boolean,
): Promise<boolean | null> {
  const answer = await ask(file, args, { timeout: askMs, windowsHide: true }).catch(() => null);
  return answer === null ? null : read(answer.stdout);
}
