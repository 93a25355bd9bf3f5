// The packages that are edited: every form of shared/packages as it is published, and generated ones.

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chainForm, neutralFolder, neutralForm } from '../bench/engine/forms.mjs';
import { functionsForm } from './functions-form.mjs';

const kRoot = fileURLToPath(new URL('../..', import.meta.url));

function publishedForms(folder) {
  const byForm = new Map();
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.json'))) {
    const file = path.join(folder, name);
    const json = JSON.parse(readFileSync(file, 'utf8'));
    const settings = json.form?.settings;
    if (settings !== undefined)
      byForm.set(`${settings.form_id}@${settings.version}`, { file, published: json });
  }
  return byForm;
}

// Folders of shared/packages as the signing published them; a folder without a file is an error.
function agencyPackages(folder) {
  const published = publishedForms(folder);
  const sources = path.join(kRoot, 'shared/packages');
  return readdirSync(sources, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const { form_id: id, version } = JSON.parse(
        readFileSync(path.join(sources, name, 'form.json'), 'utf8'),
      ).settings;
      const found = published.get(`${id}@${version}`);
      if (found === undefined)
        throw new Error(`${name} ${version} is not among the published packages`);
      return { name, ...found };
    });
}

/**
 * Every package, those generated written into `scratch`; what is missing is said. `opens(text)`:
 * whether the engine opens a published package.
 */
export function everyPackage(signed, scratch, opens) {
  mkdirSync(scratch, { recursive: true });
  const write = (name, text) => {
    const file = path.join(scratch, `${name}.json`);
    writeFileSync(file, text);
    return { name, file, published: JSON.parse(text) };
  };
  const forty = neutralForm();
  if (forty === null) console.error(`# no neutral form in ${neutralFolder()}: it is not edited`);
  const functions = functionsForm(opens);
  if (functions.refused.length > 0) {
    console.error(`# functions that the engine does not know: ${functions.refused.join(' ')}`);
  }
  return [
    ...agencyPackages(signed),
    ...(forty === null ? [] : [write('neutral_40', forty.package)]),
    write('chain_1000', chainForm().package),
    write('functions', functions.text),
  ];
}
