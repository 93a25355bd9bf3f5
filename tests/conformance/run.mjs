// ./dev conformance [DIR] [--json FILE]: the vector suites, natively and through the wasm module.
//
// Exit codes: 0 nothing gated failed and nothing differed, 1 something did, 2 wrong usage or no
// suite in DIR.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promiseLine, readPromises, unweighed, weighPromises } from './promises.mjs';
import { excepts, groupAnswers, isBroken, printGroup, printHeader } from './report.mjs';
import { suiteRows, suitesIn } from './rows.mjs';
import { runNative, runWasm } from './runners.mjs';

const kHere = path.dirname(fileURLToPath(import.meta.url));
const kRepository = path.dirname(path.dirname(kHere));
const kDefaultFolder = path.join(kRepository, '..', 'shared', 'vectors');
// Cases of what the public suites miss; part of every run that names no folder.
const kOwnFolder = path.join(kHere, 'own');
const kSuites = new Set([
  'own-xpath',
  'age',
  'ed25519-edge',
  'wycheproof',
  'rfc8785-jcs',
  'jose-eddsa',
  'json-parsing',
  'merkle-tlog',
  'xpath-odk',
  'form-engine-scenarios',
  'xlsform',
  'identity',
  'mrz-icao9303',
  'names',
  'naughty-strings',
  'cldr-plurals',
  'icu-messageformat',
  'tus-protocol',
  'ecpay-checkmac',
  'vds-nc',
]);

function stop(message) {
  console.error(`conformance: ${message}`);
  process.exit(2);
}

function readArguments(args) {
  let folder = '';
  let json = '';
  for (let i = 0; i < args.length; i += 1) {
    if (args[i] === '--json') {
      json = args[i + 1] ?? stop('--json takes a file');
      i += 1;
    } else if (args[i].startsWith('-')) {
      stop(`unknown option ${args[i]}; usage: ./dev conformance [DIR] [--json FILE]`);
    } else {
      folder = args[i];
    }
  }
  const folders =
    folder === '' ? [process.env.LANDFALL_VECTORS ?? kDefaultFolder, kOwnFolder] : [folder];
  const isWhole = folder === '';
  for (const one of folders) if (!existsSync(one)) stop(`no such folder: ${one}`);
  return { folders, json, isWhole };
}

/** What exceptions.json says of a row. */
function readPolicy() {
  const { gated, exceptions } = JSON.parse(
    readFileSync(path.join(kHere, 'exceptions.json'), 'utf8'),
  );
  for (const entry of exceptions) {
    if (typeof entry.reason !== 'string' || entry.reason === '')
      stop('an exception without a reason');
  }
  const gateOf = (row) =>
    gated.find(
      (gate) =>
        gate.suite === row.suite &&
        (gate.files?.includes(row.file) ?? true) &&
        (gate.groups?.includes(row.report) ?? true),
    );
  return {
    isGated: (row) => gateOf(row) !== undefined,
    leastOf: (row) => gateOf(row)?.least ?? 100,
    isExcepted: (row, answer) => exceptions.some((entry) => excepts(entry, row, answer)),
  };
}

function builtThing(name) {
  const place = process.env[name] ?? '';
  if (place === '' || !existsSync(place))
    stop(`${name} names no built thing; use ./dev conformance`);
  return place;
}

function runSuites(folder, names, policy, promises, kept) {
  const native = builtThing('LANDFALL_CONFORMANCE_NATIVE');
  const wasm = builtThing('LANDFALL_CONFORMANCE_WASM');
  return names.flatMap((suite) => {
    const rows = suiteRows(folder, suite);
    const answers = [runNative(native, rows), runWasm(wasm, rows)];
    const groups = groupAnswers(rows, ...answers, policy);
    groups.forEach(printGroup);
    kept.push(...weighPromises(promises, rows, ...answers, policy.isExcepted));
    return groups;
  });
}

const { folders, json, isWhole } = readArguments(process.argv.slice(2));
const found = folders.map((folder) => ({ folder, names: suitesIn(folder) }));
const others = found.flatMap(({ names }) => names.filter((name) => !kSuites.has(name)));
const suites = found.flatMap(({ names }) => names.filter((name) => kSuites.has(name)));
if (suites.length === 0) stop(`no suite in ${folders.join(' or ')}`);
if (others.length > 0) console.log(`not suites of ours: ${others.join(' ')}`);

printHeader();
const policy = readPolicy();
const promises = readPromises();
const kept = [];
const groups = found.flatMap(({ folder, names }) =>
  runSuites(
    folder,
    names.filter((name) => kSuites.has(name)),
    policy,
    promises,
    kept,
  ),
);
// Whoever names a folder asks for the suites in it alone.
if (isWhole) kept.push(...unweighed(promises, kept));
console.log('\npromised:');
for (const promise of kept) console.log(`  ${promiseLine(promise)}`);
if (json !== '')
  writeFileSync(json, `${JSON.stringify({ suites: groups, promises: kept }, null, 1)}\n`);

const cases = groups.reduce((sum, group) => sum + group.cases, 0);
const differ = groups.reduce((sum, group) => sum + group.differ, 0);
console.log(`  ${'native and wasm differ in 0 cases:'.padEnd(72)} ${differ} of ${cases}`);
const broken = groups.filter(isBroken).length + kept.filter((promise) => promise.broken).length;
console.log(
  `${cases} cases in ${suites.length} suites; ${broken} groups and promises not as they must be`,
);
process.exitCode = broken === 0 && cases > 0 ? 0 : 1;
