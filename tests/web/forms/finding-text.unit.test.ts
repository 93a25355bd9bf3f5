import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import english from '../../../i18n/en/portal.json';
import englishFindings from '../../../i18n/en/findings.json';
import { kRepository } from '../../../web/scripts/build-inputs.mjs';
import { findingText } from '../../../web/src/forms/draft-session';
import { compileTexts } from '../../../web/src/i18n/compile';
import { makeTexts } from '../../../web/src/i18n/context';
import { localeByTag } from '../../../web/src/i18n/locales';
import { engineDouble, error, formNode, nodeState, openTestSession } from '../support/form-double';

const kTexts = makeTexts(localeByTag('en'), compileTexts(english), compileTexts(englishFindings));

function textAt(type: string, code: string, params: Record<string, string> = {}): string {
  const nodes = [formNode('a', 'group', 'group'), formNode('a/x', type)];
  const session = openTestSession(engineDouble(), nodes, [nodeState('a/x', null)]);
  return findingText(session, { ...error('a/x', code), params }, kTexts);
}

describe('the text of a finding', () => {
  it('asks to attach where a file is missing, and to answer elsewhere', () => {
    for (const type of ['image', 'file', 'audio', 'video']) {
      expect(textAt(type, 'required')).toBe('Attach what is asked for here.');
    }
    expect(textAt('text', 'required')).toBe('Answer this question.');
  });

  it('names the kinds of file that this very question takes', () => {
    const params = { found: 'text/plain', accepted: 'jpg' };
    const text = textAt('image', 'file_type_not_accepted', params);

    expect(text).toContain('JPG');
    expect(text).not.toContain('PNG');
  });

  it('names them in each language that has the text', () => {
    let seen = 0;
    for (const locale of readdirSync(path.join(kRepository, 'i18n'))) {
      const file = path.join(kRepository, 'i18n', locale, 'findings.json');
      let texts: Record<string, string>;
      try {
        texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
      } catch {
        continue;
      }
      const text = texts['finding.file_type_not_accepted'];
      if (text === undefined) continue;
      seen += 1;
      expect(text).toContain('{accepted}');
    }
    expect(seen).toBeGreaterThan(2);
  });
});
