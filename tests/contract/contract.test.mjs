// The contract of the tree, and for each check a planted violation that it must find.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkErrorCodes } from './check_error_codes.mjs';
import { checkHeaders } from './check_headers.mjs';
import { checkI18n, holesOf } from './check_i18n.mjs';
import { checkLayers } from './check_layers.mjs';
import { checkNames } from './check_names.mjs';
import { checkReadmes } from './check_readmes.mjs';
import { checkSizes } from './check_sizes.mjs';
import { checkWords } from './check_words.mjs';
import { kGeneratedCodes } from './codes.mjs';
import { withTree } from './planted.mjs';
import { kRepository, sourceFiles } from './tree.mjs';

const kChecks = {
  checkErrorCodes,
  checkHeaders,
  checkI18n,
  checkLayers,
  checkNames,
  checkReadmes,
  checkSizes,
  checkWords,
};

/** What `check` says of the planted tree with `files` in it. */
const found = (check, files) => withTree(files, check);

test('the tree that is checked has files in it', () => {
  assert.ok(sourceFiles(kRepository).length > 100);
});

for (const [name, check] of Object.entries(kChecks)) {
  test(`${name} finds nothing in this repository`, () => {
    assert.deepEqual(check(kRepository), []);
  });

  test(`${name} finds nothing in the small tree before anything is planted`, () => {
    assert.deepEqual(found(check, {}), []);
  });
}

test('an include against the arrows is found', () => {
  const violations = found(checkLayers, {
    'shared/base/c.cpp': '#include "shared/text/d.h"\n',
    'shared/text/d.h': '// D.\n',
  });

  assert.deepEqual(violations, [
    'shared/base/c.cpp: shared/base may not include from shared/text (shared/text/d.h)',
  ]);
});

test('a second includer of a library with one includer is found', () => {
  const violations = found(checkLayers, { 'shared/text/c.cpp': '#include <sodium.h>\n' });

  assert.deepEqual(violations, ['shared/text/c.cpp: only shared/text/b.cpp may include sodium.h']);
});

test('an include that is no path from the root is found', () => {
  const violations = found(checkLayers, { 'shared/base/c.cpp': '#include "a.h"\n' });

  assert.deepEqual(violations, ['shared/base/c.cpp: "a.h" is no path from the root']);
});

test('a folder that layers.txt does not list is found', () => {
  const violations = found(checkLayers, { 'shared/other/c.cpp': '' });

  assert.deepEqual(violations, ['shared/other/c.cpp: its folder is not in layers.txt']);
});

test('an include of a test is found', () => {
  const violations = found(checkLayers, {
    'tests/support/t.h': '',
    'shared/base/c.cpp': '#include "tests/support/t.h"\n',
  });

  assert.equal(violations.length, 1);
});

test('a file over 600 lines is found, unless its top says why', () => {
  const long = 'int x;\n'.repeat(601);

  assert.deepEqual(found(checkSizes, { 'shared/base/c.cpp': long }), [
    'shared/base/c.cpp: 601 lines (at most 600)',
  ]);
  assert.deepEqual(
    found(checkSizes, {
      'shared/base/c.cpp': `// Longer than 600 lines because it is a table.\n${long}`,
    }),
    [],
  );
});

test('a function over 80 lines is found in C++ and in TypeScript', () => {
  const body = '  x();\n'.repeat(80);

  assert.equal(
    found(checkSizes, { 'shared/base/c.cpp': `void f(int a,\n       int b) {\n${body}}\n` }).length,
    1,
  );
  assert.equal(
    found(checkSizes, { 'web/src/c.ts': `export function f(): void {\n${body}}\n` }).length,
    1,
  );
  assert.deepEqual(
    found(checkSizes, { 'shared/base/c.cpp': `namespace a {\nclass B {\n${body}};\n}\n` }),
    [],
  );
});

test('a README over 60 lines is found', () => {
  assert.equal(found(checkSizes, { 'shared/base/README.md': 'line\n'.repeat(61) }).length, 1);
});

test('a name that says nothing is found', () => {
  const empty = ['uti' + 'ls', 'string_hel' + 'per'];

  for (const name of empty)
    assert.equal(found(checkNames, { [`shared/base/${name}.h`]: '' }).length, 1);
});

test('a C++ file that is not named in snake_case is found', () => {
  assert.equal(found(checkNames, { 'shared/base/BigName.cpp': '' }).length, 1);
});

test('words for unfinished work and machine places are found', () => {
  const planted = [
    '// TO' + 'DO later\n',
    'it.on' + 'ly(1)\n',
    'run || tr' + 'ue\n',
    'cd /wo' + 'rk/main\n',
    'https://regis' + 'try.example\n',
  ];

  for (const text of planted)
    assert.equal(found(checkWords, { 'web/src/c.ts': text }).length, 1, text);
});

test('a header without its sentence or its guard is found', () => {
  assert.equal(found(checkHeaders, { 'shared/base/a.h': '#pragma once\n' }).length, 2);
});

test('a folder without a README is found', () => {
  const layers = 'shared/base:\nshared/text: shared/base\nshared/form:\n';

  assert.deepEqual(
    found(checkReadmes, { 'tests/contract/layers.txt': layers, 'shared/form/f.h': '' }),
    ['shared/form: no README.md'],
  );
});

test('an error code that the contract of the wire does not name is found', () => {
  const violations = found(checkErrorCodes, {
    'shared/base/error_codes.def': 'LANDFALL_ERROR(too_large, 413)\nLANDFALL_ERROR(gone, 410)\n',
  });

  assert.deepEqual(violations, ['server/openapi.yaml: gone is missing']);
});

test('a code of the server alone that the core gives is found', () => {
  const violations = found(checkErrorCodes, {
    'shared/base/server_error_codes.def': 'LANDFALL_ERROR(not_found, 404)\n',
    'shared/text/b.cpp': 'Error f() { return {ErrorCode::not_found}; }\n',
  });

  assert.ok(violations.includes('shared/text/b.cpp: not_found is a code of the server alone'));
});

test('generated codes that are out of date are found', () => {
  assert.equal(
    found(checkErrorCodes, { [kGeneratedCodes]: 'export const kErrorCodes = [];\n' }).length,
    1,
  );
});

test('a finding without a text, and a text for a code nobody gives, are found', () => {
  const violations = found(checkErrorCodes, {
    'i18n/en/findings.json': '{}',
    'i18n/en/problems.json': '{"problem.never_given": "Never"}',
  });

  assert.deepEqual(violations, [
    'i18n/en/problems.json: never_given is unknown',
    'i18n/en/findings.json: required is missing',
  ]);
});

test('a missing key, another hole and markup in a catalog are found', () => {
  assert.equal(found(checkI18n, { 'i18n/zh-Hant/problems.json': '{}' }).length, 1);
  assert.deepEqual(found(checkI18n, { 'i18n/km/findings.json': '{}' }), [
    'i18n/km/findings.json: finding.required is missing',
    'i18n/km/problems.json: missing',
  ]);
  assert.equal(
    found(checkI18n, { 'i18n/zh-Hant/problems.json': '{"problem.too_large": "{count}"}' }).length,
    1,
  );
  assert.equal(
    found(checkI18n, { 'i18n/zh-Hant/problems.json': '{"problem.too_large": "<b>{size}</b>"}' })
      .length,
    1,
  );
});

test('the holes of a message are its arguments, at any depth', () => {
  assert.deepEqual(holesOf('{a} and {b, number}'), ['a', 'b']);
});
