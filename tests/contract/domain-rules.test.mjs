// Every rule that the domain has for its forms is somewhere: a constraint's code in a package, a rule
// that the server enforces, or a line of shared/packages/rules.json, which says what is true.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';

const kPackages = 'shared/packages';
const kDomain = path.join(
  process.env.LANDFALL_VECTORS ?? '../shared/vectors',
  '../domain/forms.json',
);
const kDescription = path.join(kDomain, '../../design/domain.md');
const kCode = /^[A-GX]-\d\d$/;

const readJson = (...parts) => JSON.parse(readFileSync(path.join(...parts), 'utf8'));

const kForms = Object.fromEntries(
  readdirSync(kPackages, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [
      name,
      {
        rows: readJson(kPackages, name, 'form.json').survey,
        server: readJson(kPackages, name, 'workflow.json').server_rules ?? [],
      },
    ]),
);
const kListed = readJson(kPackages, 'rules.json');

// X-01-birth is a part of X-01.
const codesOf = (row) => (row.constraints ?? []).map(({ code }) => code.slice(0, 4));

function enforcedCodes() {
  const codes = Object.values(kForms).flatMap(({ rows, server }) => [
    ...rows.flatMap(codesOf),
    ...server,
  ]);
  return new Set(codes.filter((code) => kCode.test(code)));
}

function domainCodes() {
  const codes = Object.values(readJson(kDomain).forms).flatMap(({ rules }) =>
    rules.map(({ id }) => id),
  );
  const text = existsSync(kDescription) ? readFileSync(kDescription, 'utf8') : '';
  return [
    ...new Set([
      ...codes,
      ...(text.match(/^\| [A-GX]-\d\d(?= \|)/gm) ?? []).map((row) => row.slice(2)),
    ]),
  ];
}

const kCodesOfCore = new Set(
  [
    ...readFileSync('shared/base/finding_codes.def', 'utf8').matchAll(
      /^LANDFALL_FINDING\((\w+)\)/gm,
    ),
  ].map(([, code]) => code),
);
const kIsSo = {
  required: (rows) => rows.some((row) => row.required !== undefined),
  note: (rows) => rows.some((row) => row.type === 'note' && row.relevant !== undefined),
  document: (rows) => rows.some((row) => row.type === 'file' && row.parameters?.slot !== undefined),
  type: (rows, type) => rows.some((row) => row.type === type),
  finding: (rows, code) => rows.length > 0 && kCodesOfCore.has(code),
  rule: (rows, code) => rows.some((row) => codesOf(row).includes(code)),
  portal: (rows, file) => rows.length > 0 && existsSync(file),
};

test('each line of the list of rules names a package, a question and what it does there', () => {
  let lines = 0;
  for (const [code, places] of Object.entries(kListed)) {
    assert.match(code, kCode);
    for (const { package: name, question, how } of places) {
      const [word, argument] = how.split(' ');
      const all = kForms[name]?.rows ?? [];
      const rows = question === undefined ? all : all.filter((row) => row.name === question);
      assert.ok(kIsSo[word]?.(rows, argument), `${code}: ${name} ${question ?? ''} ${how}`);
      lines += 1;
    }
  }
  assert.ok(lines > 0);
});

test('each rule of the domain is enforced by a package, by the server, or listed', (context) => {
  if (!existsSync(kDomain)) {
    context.skip(`no ${kDomain}: the domain's rules were not looked at`);
    return;
  }
  const codes = domainCodes();
  const known = new Set([...enforcedCodes(), ...Object.keys(kListed)]);

  assert.ok(codes.length > 0);
  context.diagnostic(`${codes.length} rules of the domain`);
  assert.deepEqual(
    codes.filter((code) => !known.has(code)),
    [],
  );
});
