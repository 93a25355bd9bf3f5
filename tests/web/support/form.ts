/** A form of forty text questions, one that another hides, a place for files, and a repeat. */

import { publish } from './agency';
import type { Json, PublishedPackage } from './agency';

export const kQuestions = 40;

function survey(): Json[] {
  const rows: Json[] = [
    { type: 'begin_group', name: 'person', label: 'form.title' },
    { type: 'text', name: 'name', label: 'form.title', required: 'yes' },
    { type: 'select_one yes_no', name: 'married', label: 'form.title' },
    {
      type: 'text',
      name: 'spouse',
      label: 'form.title',
      relevant: "${married} = 'yes'",
    },
  ];
  for (let i = 1; i <= kQuestions; i += 1) {
    rows.push({ type: 'text', name: `q${String(i)}`, label: 'form.title' });
  }
  rows.push({ type: 'end_group' });
  rows.push({ type: 'begin_group', name: 'documents', label: 'form.title' });
  rows.push({ type: 'file', name: 'paper', label: 'form.title' });
  rows.push({ type: 'end_group' });
  rows.push({ type: 'begin_group', name: 'travel', label: 'form.title' });
  rows.push({ type: 'begin_repeat', name: 'trips', label: 'form.title' });
  rows.push({ type: 'text', name: 'place', label: 'form.title' });
  rows.push({ type: 'end_repeat' });
  rows.push({ type: 'end_group' });
  return rows;
}

/** The package, published and signed; `more` rows stand at the end of its survey. */
export function testPackage(
  version = '1',
  more: readonly Json[] = [],
  form_id = 'test-form',
): PublishedPackage {
  return publish(
    {
      form: {
        settings: {
          form_id,
          version,
          default_language: 'zh-Hant',
          title: 'form.title',
        },
        survey: [...survey(), ...more],
        choices: [
          { list_name: 'yes_no', name: 'yes', label: 'form.title' },
          { list_name: 'yes_no', name: 'no', label: 'form.title' },
        ],
      },
      documents: {
        rules: {
          D1: {
            types: ['application/pdf'],
            ext: ['pdf'],
            max_bytes: 20_000_000,
          },
        },
        slots: { paper: { rule: 'D1', min_files: 0, max_files: 3 } },
        case: { max_bytes: 40_000_000, max_files: 10 },
      },
      fees: {
        currency: 'TWD',
        rows: [{ code: 'entry', when: 'true()', amount: '600' }],
      },
    },
    form_id,
    version,
  );
}

/** A small file that is a PDF as far as anybody looks, `size` bytes long. */
export function testPdf(size: number): Blob {
  const head =
    '%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\n';
  const tail = '\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n';
  const filling = new Uint8Array(Math.max(0, size - head.length - tail.length)).fill(0x20);
  return new Blob([head, filling, tail], { type: 'application/pdf' });
}
