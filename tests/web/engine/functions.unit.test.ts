import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../../web/src/engine/problem';
import { testPackage } from '../support/form';
import { answerOf, beginDraft } from '../support/journey';
import { newPhone, openTab, problemOfCall } from '../support/phone';
import type { Phone } from '../support/phone';
import { startServer } from '../support/server';

const kPower = { type: 'calculate', name: 'power', calculation: 'pow(2, 10)' };

// What the phone loaded on top of the core, in `loads`.
function watched(phone: Phone): { loads: number } {
  const seen = { loads: 0 };
  phone.prepareCore = (core) => ({
    ...core,
    loadFunctions: async () => {
      seen.loads += 1;
      await core.loadFunctions();
    },
  });
  return seen;
}

describe('the module of functions', () => {
  it('is loaded for a form whose expressions need it, and once', async () => {
    const phone = newPhone(startServer([testPackage('1', [kPower])]));
    const seen = watched(phone);
    const tab = openTab(phone);

    await beginDraft(tab);
    const opened = await tab.engine.startDraft({ form_id: 'test-form', locale: 'en' });

    expect(answerOf(opened, 'power')).toBe(1024);
    expect(seen.loads).toBe(1);
    tab.kill();
  });

  it('is left alone by a form that does not', async () => {
    const phone = newPhone(startServer([testPackage()]));
    const seen = watched(phone);
    const tab = openTab(phone);

    await beginDraft(tab);

    expect(seen.loads).toBe(0);
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
