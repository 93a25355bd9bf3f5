import { describe, expect, it } from 'vitest';
import { plainFileName } from '../../../web/src/forms/file-name';

describe('a file name', () => {
  it('shows its true ending, whatever turns the text around in it', () => {
    expect(plainFileName('photo\u202egpj.exe')).toBe('photogpj.exe');
    expect(plainFileName('\u2066scan\u2069\u200f.pdf\u0000')).toBe('scan.pdf');
  });

  it('is left as it is otherwise, in any script', () => {
    for (const name of ['護照 1.jpg', 'صورة.png', 'पासपोर्ट.pdf', 'e\u0301té.jpg']) {
      expect(plainFileName(name)).toBe(name);
    }
  });

  it('is never empty', () => {
    expect(plainFileName('\u202e')).toBe('file');
  });
});
