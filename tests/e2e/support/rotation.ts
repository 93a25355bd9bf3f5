/** Keys and packages of a test's own, so that it may replace the keys as an agency would. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { required } from './stack';

const run = promisify(execFile);

const kRoot = fileURLToPath(new URL('../../../', import.meta.url));
const kForm = path.join(kRoot, 'shared/packages/hkmo_entry');

export interface OwnKeys {
  /** What holds all of this; the caller deletes it. */
  readonly folder: string;
  readonly keys: string;
  readonly packages: string;
  /** The age identity of the case office that applications are sealed to now. */
  identity(): string;
  /** Retires the keys that open applications and sign receipts; gives what opens the earlier ones. */
  rotate(): Promise<string>;
  /** Exit code and output of `landfall verify` of a receipt file by today's index. */
  verifies(receipt: string): Promise<string>;
}

export async function ownKeys(): Promise<OwnKeys> {
  const folder = await mkdtemp(path.join(tmpdir(), 'landfall-keys-'));
  const keys = path.join(folder, 'keys');
  const packages = path.join(folder, 'packages');
  await cp(required('LANDFALL_DEV_KEYS'), keys, { recursive: true });
  await cp(required('LANDFALL_PACKAGES'), packages, { recursive: true });
  const landfall = (...args: string[]): Promise<{ readonly stdout: string }> =>
    run(required('LANDFALL_PROGRAM'), args);
  const inKeys = (name: string): string => path.join(keys, name);
  let rotations = 0;
  return {
    folder,
    keys,
    packages,
    identity: () => inKeys('case-office.identity'),
    async rotate() {
      rotations += 1;
      const retired = path.join(folder, `retired-${rotations}.identity`);
      await rename(inKeys('case-office.identity'), retired);
      for (const name of ['case-office.json', 'receipt.json', 'receipt.cert'])
        await rm(inKeys(name), { force: true });
      await landfall('keygen', 'sealing', '--development', '--out', inKeys('case-office.json'));
      await landfall('keygen', 'receipt', '--development', '--out', inKeys('receipt.json'));
      const texts = path.join(kRoot, 'i18n');
      const where = ['--keys', keys, '--out', packages, '--texts', texts];
      await landfall('package', 'sign', kForm, ...where);
      return retired;
    },
    async verifies(receipt) {
      const trust = ['--trust', inKeys('root.pub'), '--index', path.join(packages, 'index.jws')];
      return (await landfall('verify', receipt, ...trust)).stdout;
    },
  };
}

/** Key ids of the keys that sign receipts, by the index in a folder of packages. */
export async function receiptKeysOf(packages: string): Promise<readonly string[]> {
  const index = await readFile(path.join(packages, 'index.jws'), 'utf8');
  const payload = Buffer.from(index.split('.')[1] ?? '', 'base64url').toString();
  const { receipt_keys } = JSON.parse(payload) as {
    readonly receipt_keys: readonly { readonly key: string }[];
  };
  return receipt_keys.map(({ key }) => key);
}
