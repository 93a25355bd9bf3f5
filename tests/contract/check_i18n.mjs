// A catalog has the keys and the holes of its English original, no markup and no bidi controls.

import { readSource, sourceFiles } from './tree.mjs';

const kReference = 'en';
// Locales in which no file may be missing.
const kComplete = ['zh-Hant'];

// Files that no locale may lack.
const kEverywhere = ['portal.json', 'problems.json', 'xlsform.json'];

// Forms that were promised in more languages than those: TAC-03 of the domain, the languages of the
// citizens who may use the form.
const kTravellers = ['fil', 'hi', 'id', 'km', 'my', 'th', 'vi'];
const kPromised = { 'forms/tac.json': kTravellers, 'countries.json': kTravellers };

const kForbiddenText = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|<\/?[a-z]/iu;

/** Names of the arguments of an ICU message, at any depth, sorted. */
export function holesOf(message) {
  const names = new Set();
  for (const [, name] of message.matchAll(/\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*[,}]/g)) {
    names.add(name);
  }
  return [...names].sort();
}

// A choice of plural or select holds text in braces ("one {day}"), which is no argument: those that
// are arguments appear with a comma, or in the reference too.
function checkMessage(where, reference, message) {
  const wanted = holesOf(reference);
  const found = holesOf(message).filter(
    (name) => wanted.includes(name) || new RegExp(`\\{\\s*${name}\\s*,`).test(message),
  );
  const missing = wanted.filter(
    (name) =>
      !holesOf(message).includes(name) &&
      new RegExp(`\\{\\s*${name}\\s*,`).test(reference) === true,
  );
  const simple = !/,\s*(plural|select|selectordinal)/.test(reference + message);
  const differs = simple
    ? wanted.join() !== holesOf(message).join()
    : missing.length > 0 || found.some((name) => !wanted.includes(name));
  return [
    ...(differs ? [`${where}: holes [${holesOf(message)}], the original has [${wanted}]`] : []),
    ...(kForbiddenText.test(message) ? [`${where}: markup or a bidi control`] : []),
    ...(message.trim() === '' ? [`${where}: empty`] : []),
  ];
}

function checkCatalog(file, reference, catalog) {
  const violations = [];
  for (const [key, message] of Object.entries(reference)) {
    if (typeof catalog[key] !== 'string') violations.push(`${file}: ${key} is missing`);
    else violations.push(...checkMessage(`${file}: ${key}`, message, catalog[key]));
  }
  for (const key of Object.keys(catalog)) {
    if (!(key in reference)) violations.push(`${file}: ${key} is not in the original`);
  }
  return violations;
}

/** The locales that must have a file of the name `rest`, of `locales`. */
function wantedLocales(rest, locales) {
  if (kEverywhere.includes(rest)) return locales;
  return [...kComplete, ...(kPromised[rest] ?? [])];
}

/** The violations of the tree below `root`, one text each. */
export function checkI18n(root) {
  const files = new Set(sourceFiles(root).filter((file) => /^i18n\/[^/]+\/.+\.json$/.test(file)));
  const locales = [...new Set([...files].map((file) => file.split('/')[1]))].sort();
  const originals = [...files].filter((file) => file.startsWith(`i18n/${kReference}/`));
  const violations = [];
  for (const original of originals) {
    const rest = original.slice(`i18n/${kReference}/`.length);
    const reference = JSON.parse(readSource(root, original));
    for (const locale of wantedLocales(rest, locales)) {
      if (!files.has(`i18n/${locale}/${rest}`)) violations.push(`i18n/${locale}/${rest}: missing`);
    }
    for (const file of files) {
      const [, , ...steps] = file.split('/');
      if (steps.join('/') === rest)
        violations.push(...checkCatalog(file, reference, JSON.parse(readSource(root, file))));
    }
  }
  return violations;
}
