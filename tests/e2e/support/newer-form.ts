/** A form of ours in two versions: the earlier one made from today's by undoing what a year would bring. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { required } from './stack';

const run = promisify(execFile);

const kRoot = fileURLToPath(new URL('../../../', import.meta.url));
const kForm = 'hkmo_entry';
const kEarlier = '2025.1.1';

interface Row {
  readonly type: string;
  readonly name: string;
  readonly [column: string]: unknown;
}

interface Choice {
  readonly list_name: string;
  readonly name: string;
  readonly label: string;
}

interface FormFile {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly survey: readonly Row[];
  readonly choices: readonly Choice[];
}

/** What carries a draft of the earlier version over. */
const kMigration = {
  from: kEarlier,
  rename: { 'contact/addr_tw': 'visit/addr_tw' },
  drop: ['contact/fax', 'person/birth_place'],
};

/** The form before: the address in Taiwan among the contacts, a fax, one sex more, another birthplace. */
function earlierForm(form: FormFile): FormFile {
  const address = form.survey.find(({ name }) => name === 'addr_tw');
  if (address === undefined) throw new Error('the form asks for no address in Taiwan');
  const fax: Row = { type: 'text', name: 'fax', label: 'agent_licence.label' };
  return {
    ...form,
    settings: { ...form.settings, version: kEarlier },
    survey: form.survey
      .filter(({ name }) => name !== 'addr_tw')
      .map((row) => (row.name === 'birth_city' ? { ...row, name: 'birth_place' } : row))
      .flatMap((row) => (row.name === 'addr_home' ? [address, fax, row] : [row])),
    choices: [...form.choices, { list_name: 'sex', name: 'UNSPECIFIED', label: 'purpose.OTHER' }],
  };
}

export interface TwoVersions {
  /** The folder to serve: the earlier version until {@link publishNewer}. */
  readonly packages: string;
  readonly folder: string;
  publishNewer(): Promise<void>;
}

/** Publishes the earlier version in a folder of its own, which the caller deletes. */
export async function twoVersions(): Promise<TwoVersions> {
  const folder = await mkdtemp(path.join(tmpdir(), 'landfall-versions-'));
  const packages = path.join(folder, 'signed');
  const current = path.join(folder, 'current', kForm);
  const earlier = path.join(folder, 'earlier', kForm);
  for (const one of [current, earlier])
    await cp(path.join(kRoot, 'shared/packages', kForm), one, { recursive: true });
  const form = JSON.parse(await readFile(path.join(current, 'form.json'), 'utf8')) as FormFile;
  await writeFile(path.join(earlier, 'form.json'), JSON.stringify(earlierForm(form)));
  await mkdir(path.join(current, 'migrations'), { recursive: true });
  await writeFile(path.join(current, 'migrations', `${kEarlier}.json`), JSON.stringify(kMigration));
  const publish = async (source: string): Promise<void> => {
    const keys = required('LANDFALL_DEV_KEYS');
    const texts = path.join(kRoot, 'i18n');
    const where = ['--keys', keys, '--out', packages, '--texts', texts];
    await run(required('LANDFALL_PROGRAM'), ['package', 'sign', source, ...where]);
  };
  await publish(earlier);
  return { packages, folder, publishNewer: () => publish(current) };
}
