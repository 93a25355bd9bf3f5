import { describe, expect, it } from 'vitest';
import { isEncryptedPdf } from '../../../web/src/media/pdf';

const kBody = '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n';

function latin1(text: string): Uint8Array {
  return Uint8Array.from([...text].map((char) => char.charCodeAt(0)));
}

function classic(trailer: string, body = kBody): Uint8Array {
  return latin1(
    `${body}xref\n0 1\n0000000000 65535 f \ntrailer\n${trailer}\nstartxref\n${body.length}\n%%EOF\n`,
  );
}

function streamed(dictionary: string, body = kBody): Uint8Array {
  return latin1(
    `${body}7 0 obj\n${dictionary}\nstream\nx\u009c\u0001\u0002\nendstream\nendobj\nstartxref\n${body.length}\n%%EOF\n`,
  );
}

describe('a PDF that needs a password', () => {
  it('is known by the trailer', () => {
    expect(isEncryptedPdf(classic('<< /Size 8 /Root 1 0 R /Encrypt 6 0 R >>'))).toBe(true);
  });

  it('is known by the cross-reference stream that stands for the trailer', () => {
    expect(isEncryptedPdf(streamed('<< /Type /XRef /Size 8 /Root 1 0 R /Encrypt 6 0 R >>'))).toBe(
      true,
    );
  });

  it('is known when the end is damaged', () => {
    expect(isEncryptedPdf(latin1(`${kBody}trailer\n<< /Encrypt 6 0 R >>\n`))).toBe(true);
  });

  it('is known when the encryption dictionary is written in place', () => {
    expect(isEncryptedPdf(classic('<< /Size 8 /Encrypt << /Filter /Standard >> >>'))).toBe(true);
  });
});

describe('a PDF anybody can read', () => {
  it('passes', () => {
    expect(isEncryptedPdf(classic('<< /Size 8 /Root 1 0 R >>'))).toBe(false);
    expect(isEncryptedPdf(streamed('<< /Type /XRef /Size 8 /Root 1 0 R >>'))).toBe(false);
  });

  it('passes although its text speaks of /Encrypt 6 0 R', () => {
    const body = `${kBody}2 0 obj\n<< /Length 40 >>\nstream\n(see /Encrypt 6 0 R in the manual)\nendstream\nendobj\n`;

    expect(isEncryptedPdf(classic('<< /Size 8 /Root 1 0 R >>', body))).toBe(false);
  });

  it('passes with EncryptMetadata alone', () => {
    expect(isEncryptedPdf(classic('<< /Size 8 /EncryptMetadata false >>'))).toBe(false);
  });
});
