// What the repository adds to a row about a form: its package, a fee table or the file rules.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const kPackages = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  '..',
  '..',
  'shared',
  'packages',
);
// The package that fines of people who stayed too long are shown in.
const kFinesPackage = 'mw_arc';

const read = (...place) => {
  const file = path.join(kPackages, ...place);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
};

const cache = new Map();
function once(key, make) {
  if (!cache.has(key)) cache.set(key, make());
  return cache.get(key);
}

const forms = () =>
  once('', () =>
    readdirSync(kPackages).filter((name) => existsSync(path.join(kPackages, name, 'form.json'))),
  );

/** The sources of a form, or null while there is no such package. */
function packageOf(form) {
  return once(`package ${form}`, () => {
    if (!forms().includes(form)) return null;
    const parts = ['form', 'documents', 'workflow', 'fees'];
    return Object.fromEntries(parts.map((part) => [part, read(form, `${part}.json`)]));
  });
}

/** A form's fees; those of a form without a package lie with the form they belong to. */
function feesOf(form) {
  const own = packageOf(form);
  if (own !== null) return { form: own.form, fees: own.fees };
  const file = `fees_${form}.json`;
  const host = forms().find((name) => existsSync(path.join(kPackages, name, file)));
  return host === undefined ? null : { form: packageOf(host).form, fees: read(host, file) };
}

/** The file rules of all packages by name. */
const fileRules = () =>
  once('rules', () =>
    Object.assign({}, ...forms().map((name) => packageOf(name).documents?.rules ?? {})),
  );

/**
 * {given} for a row of the suite identity that is about a form, and nothing for any other.
 *
 * @param {string} suite
 * @param {string} file
 * @param {any} row
 * @returns {{ given?: unknown }}
 */
export function givenFor(suite, file, row) {
  if (suite !== 'identity') return {};
  const form = String(row?.form ?? '').toLowerCase();
  if (file === 'form_cases.json') return { given: packageOf(form) };
  if (file === 'fees.json') return { given: feesOf(form) };
  if (file === 'fines.json') return { given: packageOf(kFinesPackage)?.fees ?? null };
  if (file === 'attachments.json') return { given: fileRules()[row?.rule] ?? null };
  return {};
}
