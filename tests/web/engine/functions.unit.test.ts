import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../../web/src/engine/problem';
import { testPackage } from '../support/form';
import { answerOf, beginDraft } from '../support/journey';
import { newPhone, openTab, problemOfCall } from '../support/phone';
import type { Phone } from '../support/phone';
import { startServer } from '../support/server';

const kFunctions = 1;
const kIdentity = 2;
const kPower = { type: 'calculate', name: 'power', calculation: 'pow(2, 10)' };

// What the phone loaded on top of the core, in `loads`: a bit for each module.
function watched(phone: Phone): { readonly loads: number[] } {
  const seen: { readonly loads: number[] } = { loads: [] };
  phone.prepareCore = (core) => ({
    ...core,
    loadFunctions: async (needed) => {
      seen.loads.push(needed);
      await core.loadFunctions(needed);
    },
  });
  return seen;
}

describe('a module beside the core', () => {
  it('is loaded with the other for a form that needs both, and once', async () => {
    const questions = [kPower, { type: 'hkid', name: 'card', label: 'question.name' }];
    const phone = newPhone(startServer([testPackage('1', questions)]));
    const seen = watched(phone);
    const tab = openTab(phone);

    await beginDraft(tab);

    expect(seen.loads).toEqual([kFunctions | kIdentity]);
    tab.kill();
  });

  it('is loaded for a form whose expressions need it, and once', async () => {
    const phone = newPhone(startServer([testPackage('1', [kPower])]));
    const seen = watched(phone);
    const tab = openTab(phone);

    await beginDraft(tab);
    const opened = await tab.engine.startDraft({ form_id: 'test-form', locale: 'en' });

    expect(answerOf(opened, 'power')).toBe(1024);
    expect(seen.loads).toEqual([kFunctions]);
    tab.kill();
  });

  it('is left alone by a form that does not', async () => {
    const phone = newPhone(startServer([testPackage()]));
    const seen = watched(phone);
    const tab = openTab(phone);

    await beginDraft(tab);

    expect(seen.loads).toEqual([]);
    tab.kill();
  });

  it('is a problem with a code where it cannot be loaded', async () => {
    const phone = newPhone(startServer([testPackage('1', [kPower])]));
    phone.prepareCore = (core) => ({
      ...core,
      loadFunctions: () => Promise.reject(new ProblemError('functions_needed')),
    });
    const tab = openTab(phone);

    expect(await problemOfCall(beginDraft(tab))).toBe('functions_needed');
    tab.kill();
  });
});
