// One verdict on every machine: seeded random edits through the native engine and through the shipped
// module give the same bytes after every step. Longer with LANDFALL_DIFFERENTIAL_STEPS=100000
// (./dev test differential --long); another stream with LANDFALL_DIFFERENTIAL_SEED.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { chanceOf } from './chance.mjs';
import { identifierOf, identifierTypes } from './identifiers.mjs';
import { startModule } from './module-side.mjs';
import { startNative } from './native-side.mjs';
import { everyPackage } from './packages.mjs';
import { kEnough, runFresh, runStream } from './stream.mjs';

const kRoot = fileURLToPath(new URL('../..', import.meta.url));
const kBuild = path.join(kRoot, 'build');
const kWasm = process.env.LANDFALL_WASM ?? path.join(kBuild, 'wasm/bin/landfall.wasm');
const kReplay = process.env.LANDFALL_REPLAY ?? path.join(kBuild, 'dev/bin/landfall_replay');
const kSigned = process.env.LANDFALL_PACKAGES ?? path.join(kBuild, 'packages');
const kSteps = Number(process.env.LANDFALL_DIFFERENTIAL_STEPS ?? 5000);
const kSeed = Number(process.env.LANDFALL_DIFFERENTIAL_SEED ?? 20261121);
const kMostForCoverage = 15_000;
const kShareOfFresh = 0.2;
const kFewestFunctions = 50;

const declared = JSON.parse(
  readFileSync(new URL('constant-expressions.json', import.meta.url), 'utf8'),
);
const probe = startModule(kWasm);
const packages = everyPackage(kSigned, path.join(kBuild, 'differential'), probe.opens);
// An edit of the long chain takes as long as thirty of another form.
const weightOf = (name) => (name === 'chain_1000' ? 0.2 : 1);
const kWeights = packages.reduce((sum, { name }) => sum + weightOf(name), 0);
const stepsOf = (name) => Math.ceil((kSteps * weightOf(name)) / kWeights);
let total = 0;

// Both states in full beside the logs; what is shown is the place where they part.
function report(name, difference) {
  const folder = path.join(kBuild, 'log');
  mkdirSync(folder, { recursive: true });
  const { nativeJson, moduleJson, ...shown } = difference;
  writeFileSync(path.join(folder, `differential-${name}-native.json`), nativeJson ?? '');
  writeFileSync(path.join(folder, `differential-${name}-module.json`), moduleJson ?? '');
  return `${name}: the builds differ (states in build/log/differential-${name}-*.json)\n${JSON.stringify(shown, null, 1)}`;
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;

function describeCoverage(name, { steps, refused, coverage }) {
  const open = coverage.open();
  return [
    `${name}: ${steps} edits, ${refused} of them refused by both builds alike; ${coverage.covered()} of ` +
      `${coverage.total} expressions gave both outcomes (${percent(coverage.share())}), ` +
      `${coverage.constants.length} more are constant`,
    ...open.map(
      (each) =>
        `${name}: only [${coverage.outcomes(each).join(', ')}] of ${each.path} ${each.aspect}: ${each.text}`,
    ),
  ];
}

async function withBuilds(program, run) {
  const native = startNative(program);
  try {
    return await run({ native, module: startModule(kWasm) });
  } finally {
    native.stop();
  }
}

for (const [index, { name, ...each }] of packages.entries()) {
  test(`${name}: one verdict`, async (t) => {
    const wanted = stepsOf(name);
    const result = await withBuilds(kReplay, (builds) =>
      runStream({
        ...each,
        ...builds,
        seed: kSeed + index,
        steps: wanted,
        most: Math.max(wanted, kMostForCoverage),
        declared: declared[name],
      }),
    );
    total += result.steps;
    for (const line of describeCoverage(name, result)) t.diagnostic(line);
    await t.test('both builds give the same bytes after every edit', () => {
      assert.ok(result.difference === null, result.difference && report(name, result.difference));
      assert.ok(result.steps >= wanted, `only ${result.steps} edits`);
    });
    await t.test('at least 95 % of its expressions gave both outcomes', () => {
      assert.ok(result.coverage.share() >= kEnough, percent(result.coverage.share()));
    });
    await t.test('the state equals that of a form opened anew on the answers', async (inner) => {
      const steps = Math.ceil(wanted * kShareOfFresh);
      const fresh = await withBuilds(kReplay, (builds) =>
        runFresh({ ...each, ...builds, seed: kSeed + 1000 + index, steps }),
      );
      inner.diagnostic(`${name}: ${fresh.steps} times opened anew`);
      assert.equal(fresh.edit, null, JSON.stringify(fresh, null, 1));
    });
  });
}

test('the edits add up to what was asked for, over every package', (t) => {
  t.diagnostic(`${total} edits over ${packages.length} packages, seed ${kSeed}`);
  assert.ok(packages.length >= 3);
  assert.ok(total >= kSteps, `${total} edits of ${kSteps}`);
});

test('a planted difference is caught: one build that rounds numbers to single precision', async (t) => {
  const functions = packages.find(({ name }) => name === 'functions');
  const result = await withBuilds(`${kReplay}_planted`, (builds) =>
    runStream({ ...functions, ...builds, seed: kSeed, steps: 500, most: 500 }),
  );
  assert.ok(result.difference !== null, 'the planted difference was not noticed');
  const { step, edit, part, native, module } = result.difference;
  t.diagnostic(`caught after ${step} edits in the ${part}, at ${edit}`);
  t.diagnostic(`native, planted: ${native}`);
  t.diagnostic(`module:          ${module}`);
});

test('the generated form calls most functions of expressions', () => {
  const { published } = packages.find(({ name }) => name === 'functions');
  const calls = published.form.survey.filter(({ type }) => type === 'calculate');
  assert.ok(calls.length >= kFewestFunctions, `${calls.length} calculations`);
});

test('the identifiers that are made are mostly right', () => {
  const chance = chanceOf(kSeed);
  for (const type of identifierTypes()) {
    const values = Array.from({ length: 60 }, () => identifierOf(type, chance));
    const right = values.filter((value) => probe.accepts(type, value)).length;
    assert.ok(right >= 20 && right < 60, `${type}: ${right} of 60 are accepted`);
  }
});
