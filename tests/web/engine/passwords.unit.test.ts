import { describe, expect, it } from 'vitest';
import { isLongEnough, passwordText } from '../../../web/src/engine/password';
import { ProblemError } from '../../../web/src/engine/problem';
import { costFor, kLeastCost, measuredHash } from '../../../web/src/engine/worker/passwords';
import type { HashCost } from '../../../web/src/engine/worker/passwords';
import { beginDraft, fillDraft, freshPhone } from '../support/journey';
import { openTab, problemOfCall } from '../support/phone';

describe('a typed password', () => {
  it('is the same PIN in the digits of any script, with or without spaces', () => {
    const written = ['493817', ' 493 817 ', '４９３８１７', '๔๙๓๘๑๗', '៤៩៣៨១៧', '၄၉၃၈၁၇', '४९३८१७'];

    expect(written.map((one) => passwordText('pin', one))).toEqual(written.map(() => '493817'));
  });

  it('is the same passphrase in wide letters and with decomposed accents, and keeps its case and inner spaces', () => {
    expect(passwordText('passphrase', ' ｃａｆé au lait ')).toBe('café au lait');
    expect(passwordText('passphrase', 'Au Lait')).not.toBe(passwordText('passphrase', 'au lait'));
  });

  it.each([
    ['pin', '12345', false],
    ['pin', '123456', true],
    ['pin', '12345a', false],
    ['pin', '၁၂၃၄၅၆', true],
    ['passphrase', 'nine char', false],
    ['passphrase', 'ten chars!', true],
    ['passphrase', '一二三四五六七八九十', true],
    ['passphrase', 'x'.repeat(1_025), false],
  ] as const)('as a new %s, "%s" is long enough: %s', (method, typed, enough) => {
    expect(isLongEnough(method, typed)).toBe(enough);
  });
});

/** A phone on which a KiB costs so many nanoseconds a pass; tells which costs were tried. */
function phoneOf(nanosecondsPerKib: number, mostKib = 300_000) {
  let now = 0;
  const tried: HashCost[] = [];
  const hash = (cost: HashCost): Promise<Uint8Array<ArrayBuffer>> => {
    tried.push(cost);
    if (cost.memory_kib > mostKib) return Promise.reject(new ProblemError('out_of_memory'));
    now += (cost.memory_kib * cost.passes * nanosecondsPerKib) / 1e6;
    return Promise.resolve(new Uint8Array(32).fill(tried.length));
  };
  return { tried, measure: () => measuredHash(hash, () => now) };
}

describe('the cost of a hash', () => {
  it.each([
    ['a slow phone gets the least there may be', 40_000, kLeastCost],
    ['a middling one more memory first', 8_000, { memory_kib: 45 * 1024, passes: 2 }],
    ['a fast one the most memory and then passes', 2_000, { memory_kib: 64 * 1024, passes: 6 }],
    ['a very fast one no more than the ceiling', 100, { memory_kib: 64 * 1024, passes: 16 }],
  ])('%s', async (_, nanoseconds, expected) => {
    const { cost } = await phoneOf(nanoseconds).measure();

    expect(cost).toEqual(expected);
  });

  it.each([500, 1_000, 2_000, 5_000, 10_000])(
    'is between half a second and a second where the bounds leave room (%d ns)',
    async (nanoseconds) => {
      const { cost } = await phoneOf(nanoseconds).measure();

      const ms = (cost.memory_kib * cost.passes * nanoseconds) / 1e6;
      const atMost = cost.memory_kib === 64 * 1024 && cost.passes === 16;
      expect(atMost || (ms >= 500 && ms <= 1_000)).toBe(true);
      expect(cost.memory_kib).toBeGreaterThanOrEqual(kLeastCost.memory_kib);
    },
  );

  it('stays at what the phone has memory for, with the hash that was made at it', async () => {
    const phone = phoneOf(2_000, 30_000);
    const { cost, secret } = await phone.measure();

    expect(cost).toEqual(kLeastCost);
    expect(secret[0]).toBe(1);
    expect(phone.tried.length).toBe(2);
  });

  it('is estimated from one measurement without dividing by nothing', () => {
    expect(costFor(kLeastCost, 0)).toEqual({ memory_kib: 64 * 1024, passes: 16 });
  });
});

describe('a vault under a PIN', () => {
  it('opens in a browser that was started again, hashed by the real module, and for nothing else', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const draft = await beginDraft(tab);
    await fillDraft(tab, draft);
    await tab.engine.flush();
    const next = { method: 'pin', password: '493817' } as const;
    const { me } = await tab.engine.changeUnlocking({ current: null, next });
    tab.kill();

    const again = openTab(phone);
    const { vault } = await again.engine.boot();
    const person = me?.person ?? '';
    const wrong = await problemOfCall(
      again.engine.unlockPerson({ person, shown: { password: '493818' } }),
    );
    const nothing = await problemOfCall(again.engine.unlockPerson({ person, shown: null }));
    await again.engine.unlockPerson({ person, shown: { password: '๔๙๓๘๑๗' } });

    expect([vault, wrong, nothing]).toEqual(['locked', 'unlock_wrong', 'unlock_wrong']);
    expect((await again.engine.listDrafts()).map(({ draft_id }) => draft_id)).toEqual([draft]);
    again.kill();
  });

  it('is not set by one that is too short, and costs no try where the module is missing', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    await beginDraft(tab);
    const short = { method: 'pin', password: '1234' } as const;
    const refused = await problemOfCall(tab.engine.changeUnlocking({ current: null, next: short }));
    const next = { method: 'pin', password: '493817' } as const;
    const { me } = await tab.engine.changeUnlocking({ current: null, next });
    const person = me?.person ?? '';
    tab.kill();
    phone.compileVault = () => Promise.reject(new TypeError('no network'));

    const again = openTab(phone);
    await again.engine.boot();
    const missing = await problemOfCall(
      again.engine.unlockPerson({ person, shown: { password: '493817' } }),
    );
    const [stands] = await again.engine.listPeople();

    expect([refused, missing, stands?.failed]).toEqual(['unlock_wrong', 'unlock_missing', 0]);
    again.kill();
  });
});
