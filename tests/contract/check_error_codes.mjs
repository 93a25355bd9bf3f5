// One list of codes: the core's. The contract of the wire, the page's types and the texts name the same.

import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import {
  errorCodes,
  findingCodes,
  generatedCodes,
  kGeneratedCodes,
  serverErrorCodes,
  vaultErrorCodes,
} from './codes.mjs';
import { readSource, sourceFiles } from './tree.mjs';

// The locales in which every problem and finding has a text.
const kLocales = ['en', 'zh-Hant'];

/** What `found` lacks of `wanted`, and what it has besides. */
function difference(where, wanted, found) {
  return [
    ...wanted.filter((name) => !found.has(name)).map((name) => `${where}: ${name} is missing`),
    ...[...found]
      .filter((name) => !wanted.includes(name))
      .map((name) => `${where}: ${name} is unknown`),
  ];
}

function duplicates(names, where) {
  return names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => `${where}: ${name} stands twice`);
}

// The items of the list "enum:" below the property "code:" of the problem schema.
function contractCodes(text) {
  const lines = text.split('\n');
  const problem = lines.findIndex((line) => /^ +Problem:$/.test(line));
  const code = lines.findIndex((line, at) => at > problem && /^ +code:$/.test(line));
  const list = lines.findIndex((line, at) => at > code && /^ +enum:$/.test(line));
  if (problem < 0 || code < 0 || list < 0 || list > code + 4) return null;
  const names = [];
  for (let at = list + 1; /^ +- \w+$/.test(lines[at] ?? ''); at += 1)
    names.push(lines[at].trim().slice(2));
  return names;
}

function checkContract(root, names) {
  const listed = contractCodes(readSource(root, 'server/openapi.yaml'));
  if (listed === null) return ["server/openapi.yaml: the problem's code has no enum"];
  return difference('server/openapi.yaml', names, new Set(listed));
}

function checkGenerated(root) {
  const wanted = generatedCodes(root);
  const found = existsSync(path.join(root, kGeneratedCodes))
    ? readSource(root, kGeneratedCodes)
    : '';
  return wanted === found
    ? []
    : [`${kGeneratedCodes}: out of date; run node .dev/generate-codes.mjs`];
}

function keysOf(root, file, prefix) {
  if (!existsSync(path.join(root, file))) return null;
  const keys = Object.keys(JSON.parse(readSource(root, file)));
  return new Set(
    keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)),
  );
}

// Codes that the page or the loader itself gives, quoted somewhere in TypeScript, and the families of
// codes that share a text.
function codesOfThePage(root) {
  const files = sourceFiles(root).filter((file) =>
    /^(web\/src|wasm\/bindings)\/.*\.tsx?$/.test(file),
  );
  const families = 'i18n/problem-families.json';
  const quoted = new Set(
    existsSync(path.join(root, families))
      ? Object.keys(JSON.parse(readSource(root, families)))
      : [],
  );
  for (const file of files) {
    for (const [, name] of readSource(root, file).matchAll(/'([a-z][a-z0-9_]*)'/g))
      quoted.add(name);
  }
  return quoted;
}

// Every finding has a text. A problem without one is shown with its code alone, so there only texts
// for codes that nobody gives are wrong.
function checkTexts(root, file, prefix, wanted, required, page) {
  const keys = keysOf(root, file, prefix);
  if (keys === null) return [`${file}: missing`];
  const unexplained = [...keys].filter((key) => wanted.includes(key) || !page.has(key));
  return difference(
    file,
    required ? wanted : [...keys].filter((key) => wanted.includes(key)),
    new Set(unexplained),
  );
}

// What has no name on the phone is not for the core to give.
function checkCore(root) {
  const names = new Set(serverErrorCodes(root).map(({ name }) => name));
  const files = sourceFiles(root).filter((file) => /^(shared|wasm)\/.*\.(cpp|h)$/.test(file));
  return files.flatMap((file) =>
    [...readSource(root, file).matchAll(/\bErrorCode::(\w+)/g)]
      .filter(([, name]) => names.has(name))
      .map(([, name]) => `${file}: ${name} is a code of the server alone`),
  );
}

/** The violations of the tree below `root`, one text each. */
export function checkErrorCodes(root) {
  const answered = errorCodes(root).map(({ name }) => name);
  const errors = [...answered, ...vaultErrorCodes(root).map(({ name }) => name)];
  const findings = findingCodes(root);
  const page = codesOfThePage(root);
  const locales = existsSync(path.join(root, 'i18n')) ? readdirSync(path.join(root, 'i18n')) : [];
  return [
    ...duplicates(errors, 'error_codes.def'),
    ...duplicates(findings, 'finding_codes.def'),
    ...checkCore(root),
    ...checkContract(root, answered),
    ...checkGenerated(root),
    ...kLocales
      .filter((locale) => locales.includes(locale))
      .flatMap((locale) => [
        ...checkTexts(root, `i18n/${locale}/problems.json`, 'problem.', errors, false, page),
        ...checkTexts(root, `i18n/${locale}/findings.json`, 'finding.', findings, true, page),
      ]),
  ];
}
