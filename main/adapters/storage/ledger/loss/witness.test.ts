import { copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDir } from '../../../../testing/temporary-dir.ts';
import { readWitness, writeWitness } from './witness.ts';

const mark = { ledger: 'a', claims: 3 };

function written(platform: NodeJS.Platform) {
  const dir = temporaryDir();
  const [ledger, witness] = [join(dir, 'ledger.db'), join(dir, 'ledger.mark')];
  writeWitness(ledger, mark, platform);
  return { ledger, witness };
}

// Windows lends it the birth time of the file whose name it took. Seen under Wine, where every claim was then a loss.
test('on Windows, another birth time does not make the witness a copy', () => {
  const { ledger, witness } = written('win32');
  const content = JSON.parse(readFileSync(witness, 'utf8')) as object;
  writeFileSync(witness, JSON.stringify({ ...content, born: '1' }));
  expect(readWitness(ledger, 'win32')).toEqual({ ...mark, isCopy: false });
});

test('on Windows and macOS, a witness that was copied back is a copy', () => {
  for (const platform of ['win32', 'darwin'] as const) {
    const { ledger, witness } = written(platform);
    expect(readWitness(ledger, platform)).toEqual({ ...mark, isCopy: false });
    copyFileSync(witness, `${witness}.old`);
    renameSync(`${witness}.old`, witness);
    expect(readWitness(ledger, platform), platform).toEqual({ ...mark, isCopy: true });
  }
});

test('a witness of version 0.3, which holds no inode, still counts', () => {
  const { ledger, witness } = written('win32');
  writeFileSync(witness, JSON.stringify({ ...mark, born: '0' }));
  expect(readWitness(ledger, 'win32')).toEqual({ ...mark, isCopy: false });
});
