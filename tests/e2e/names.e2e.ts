/** Names as people have them: the phone and the server say the same, byte for byte. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkValue, loadFunctions, loadModule } from '../../wasm/bindings/index';
import type { Answers, Applicant } from './support/applicant';
import { begin } from './support/begun';
import { checkNatively, evaluateNatively, openCase } from './support/office';
import type { ProgramFinding } from './support/office';
import { dayFromNow, kQuickVisitor } from './support/people';
import { required, startStack } from './support/stack';
import type { Stack } from './support/stack';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});

afterAll(async () => {
  await stack?.remove();
});

/** 40 graphemes of two code points each: a letter and a mark that stands on it. */
const kFortyMarked = 'e\u0301'.repeat(40);
const kFortyHan = '𠮷'.repeat(40);

const kNames = [
  'X',
  'CHAN',
  "O'BRIEN",
  'O’BRIEN',
  'D`ARC',
  '姓名',
  '陳',
  '歐陽·大文',
  'محمد.',
  'محمد بن عبد الله.',
  'NAME.',
  'Ng, T.',
  kFortyMarked,
  kFortyHan,
  'A'.repeat(40),
  `${'A'.repeat(40)}B`,
  '\u202eNAHC',
  'CHAN\u200b',
  ' CHAN ',
  '山田　太郎',
  '김민준',
  '👩‍👩‍👧',
  '',
] as const;

test('pains 14: each kind of name is judged by the module of the phone as by the program of the server', async () => {
  const wasm = required('LANDFALL_WASM');
  const core = await loadModule(new Uint8Array(readFileSync(wasm)));
  const identity = path.join(path.dirname(wasm), 'landfall-identity.wasm');
  core.useFunctions('identity', await loadFunctions(new Uint8Array(readFileSync(identity))));
  const asOf = dayFromNow(0);
  let compared = 0;
  for (const type of ['name_zh', 'name_en', 'person_name']) {
    for (const value of kNames) {
      const checked = checkValue(core, { type, value, as_of: asOf });
      const onPhone = checked.ok ? JSON.stringify(checked.value) : `refused: ${checked.error.code}`;
      const onServer = JSON.stringify(JSON.parse(await checkNatively(type, value, asOf)));
      expect(onPhone, `${type} ${value}`).toBe(onServer);
      compared += 1;
    }
  }
  expect(compared).toBe(3 * kNames.length);
});

/** Findings of one question, as a person reads them; arguments stand between marks that isolate them. */
function wordsOf(
  applicant: Applicant,
  findings: readonly ProgramFinding[],
  path: string,
): string[] {
  return findings
    .filter((finding) => finding.path === path)
    .map(({ code, params }) => {
      const text = applicant.texts.findings[`finding.${code}`] ?? `no text for ${code}`;
      return text.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
    });
}

/** What the phone says under a question, without the word before it and without isolating marks. */
async function shownAt(applicant: Applicant, question: string): Promise<string[]> {
  const notes = await applicant
    .field(question)
    .locator('.field__error, .field__warning')
    .allInnerTexts();
  const prefixes = [applicant.t('field_error_prefix'), applicant.t('field_warning_prefix')];
  return notes.map((note) =>
    prefixes
      .reduce((text, prefix) => text.replace(prefix, ''), note)
      .replace(/[\u2066-\u2069]/g, '')
      .trim(),
  );
}

test('pains 14: what the phone says under a name is what the server finds in it', async () => {
  const { applicant } = await begin(stack.url);
  await applicant.openSection('person');
  const cases: readonly (readonly [string, string])[] = [
    ...['姓名', '陳', 'CHAN', '陈大文', kFortyHan, `${kFortyHan}𠮷`].map(
      (name) => ['name_zh', name] as const,
    ),
    ...['X', "O'BRIEN", 'محمد.', '姓名', 'A'.repeat(40), kFortyMarked].map(
      (name) => ['surname_en', name] as const,
    ),
  ];
  let shown = 0;
  for (const [question, name] of cases) {
    await applicant.answer(question, name);
    await applicant.saved();
    const { findings } = await evaluateNatively('hkmo_entry', { [question]: name });
    const words = wordsOf(applicant, findings, `person/${question}`);
    await expect.poll(() => shownAt(applicant, question), { message: name }).toEqual(words);
    shown += words.length;
  }
  expect(shown).toBeGreaterThan(3);
});

function guardian(name: string): Answers {
  return {
    filer_kind: 'GUARDIAN',
    guardian_name: name,
    guardian_rel: 'FATHER',
    guardian_id: 'P1234567',
  };
}

/** People whose names the form takes; what is typed for them. */
const kPeople: Readonly<Record<string, Answers>> = {
  'one name only': { single_name: true, name_zh: '姓名', surname_en: 'X' },
  apostrophes: { surname_en: "O'BRIEN", given_en: 'D’ARCY' },
  'a guardian written in Arabic': { name_zh: '𠮷'.repeat(20), ...guardian('محمد بن عبد الله.') },
  'a guardian of forty graphemes': guardian(kFortyMarked),
};

test('pains 14: names that are taken arrive as they were typed, and both engines write the same canonical answers', async () => {
  let arrived = 0;
  for (const [who, names] of Object.entries(kPeople)) {
    const { applicant } = await begin(stack.url);
    const typed: Record<string, Answers[string]> = { ...kQuickVisitor, ...names };
    if (names['single_name'] === true) delete typed['given_en'];
    await applicant.fillForm(typed);
    await applicant.submit();
    const caseNumber = await applicant.received();
    const opened = await openCase(stack.dataDir, caseNumber);
    const declared = { decl_truth: true, decl_privacy: true, decl_check: true };
    const evaluated = await evaluateNatively('hkmo_entry', { ...typed, ...declared });
    expect(opened.differences, who).toEqual([]);
    expect(JSON.stringify(opened.answers), who).toBe(JSON.stringify(evaluated.answers));
    // The sealed verdict is about what was sealed: a warning about the typing itself is gone from it.
    const sealed = await evaluateNatively('hkmo_entry', opened.answers);
    expect(JSON.stringify(opened.verdict.findings), who).toBe(JSON.stringify(sealed.findings));
    expect(opened.verdict.status).toBe(sealed.status);
    arrived += 1;
  }
  expect(arrived).toBe(Object.keys(kPeople).length);
});
