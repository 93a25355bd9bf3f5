/** Keys and packages of a test's own, so that it may replace the keys as an agency would. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
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
  /** Hands the root key over to a new one; the packages are published by it. */
  rotateRoot(): Promise<void>;
  /** Lets the log of a restored data folder go on as `origin`, and publishes the packages for it. */
  continueLog(dataDir: string, origin: string): Promise<void>;
  /** The portal as a build with today's root key would be: a folder for `landfall serve --web`. */
  newBuild(): Promise<string>;
  /** Output of `landfall verify` of a receipt file by today's index, or by the root key of the beginning. */
  verifies(receipt: string, by?: 'first root'): Promise<string>;
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
  const firstRoot = path.join(folder, 'first-root.pub');
  await cp(inKeys('root.pub'), firstRoot);
  const publish = async (origin?: string): Promise<void> => {
    const texts = path.join(kRoot, 'i18n');
    const where = ['--keys', keys, '--out', packages, '--texts', texts];
    const aud = origin === undefined ? [] : ['--aud', origin];
    await landfall('package', 'sign', kForm, ...where, ...aud);
  };
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
      await publish();
      return retired;
    },
    async rotateRoot() {
      const next = path.join(folder, 'next');
      await mkdir(next);
      const inNext = (name: string): string => path.join(next, name);
      const made = ['--out', inNext('agency.json'), '--public', inNext('root.pub')];
      const by = ['--certified-by', inKeys('agency.json')];
      await landfall('keygen', 'agency', '--development', ...by, ...made);
      for (const name of ['agency.json', 'agency.certs', 'root.pub'])
        await rename(inNext(name), inKeys(name));
      await rm(inKeys('receipt.cert'), { force: true });
      await publish();
    },
    async continueLog(dataDir, origin) {
      await landfall('log', 'continue', '--data', dataDir, '--keys', keys, '--origin', origin);
      await publish(origin);
    },
    async newBuild() {
      const web = path.join(folder, 'web');
      await cp(required('LANDFALL_WEB'), web, { recursive: true });
      const [was, is] = await Promise.all(
        [firstRoot, inKeys('root.pub')].map(async (file) => (await readFile(file, 'utf8')).trim()),
      );
      let replaced = 0;
      for (const name of await readdir(web, { recursive: true })) {
        const file = path.join(web, name);
        if (/\.(br|gz)$/.test(name)) await rm(file);
        if (!name.endsWith('.js')) continue;
        const text = await readFile(file, 'utf8');
        if (!text.includes(was ?? '')) continue;
        await writeFile(file, text.replaceAll(was ?? '', is ?? ''));
        replaced += 1;
      }
      if (replaced === 0) throw new Error('the build does not hold its root key');
      return web;
    },
    async verifies(receipt, by) {
      const root = by === 'first root' ? firstRoot : inKeys('root.pub');
      const trust = ['--trust', root, '--index', path.join(packages, 'index.jws')];
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
