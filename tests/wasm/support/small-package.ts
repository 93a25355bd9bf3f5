/** A published package of three questions: a condition, a choice, a fee. */

const kDigest = 'ab'.repeat(32);

const kSmallPackage = {
  format: 'landfall-package/1',
  form: {
    settings: { form_id: 'small', version: '1', default_language: 'en', title: 'form.title' },
    survey: [
      { type: 'begin_group', name: 'person', label: 'person.label' },
      { type: 'text', name: 'name', label: 'name.label', required: 'true()' },
      { type: 'select_one yes_no', name: 'minor', label: 'minor.label', required: 'true()' },
      {
        type: 'text',
        name: 'guardian',
        label: 'guardian.label',
        relevant: "${minor} = 'yes'",
        required: 'true()',
      },
      { type: 'end_group' },
    ],
    choices: [
      { list_name: 'yes_no', name: 'yes', label: 'choice.yes' },
      { list_name: 'yes_no', name: 'no', label: 'choice.no' },
    ],
  },
  documents: { rules: {}, slots: {} },
  workflow: {},
  fees: { currency: 'TWD', rows: [{ code: 'BASE', when: 'true()', amount: '600' }] },
  texts: { en: { digest: kDigest, size: 2 } },
};

/** A published package that asks `survey` and nothing else. */
export const packageOf = (
  survey: readonly Readonly<Record<string, string>>[],
): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(
    JSON.stringify({ ...kSmallPackage, form: { ...kSmallPackage.form, survey } }),
  );

export const smallPackage = (): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(JSON.stringify(kSmallPackage));

export const kSmallForm = { id: 'small', version: '1', digest: kDigest };
