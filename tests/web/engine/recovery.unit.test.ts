import { describe, expect, it } from 'vitest';
import type { Core } from '../../../web/src/engine/core';
import type { EngineEvent } from '../../../web/src/engine/protocol';
import { testPackage } from '../support/form';
import { eventually, newPhone, openTab, problemOfCall } from '../support/phone';
import type { Phone } from '../support/phone';
import { startServer } from '../support/server';
import { answerOf, beginDraft, caseOffice } from '../support/journey';

const kStop = 'stop the engine';

/** More memory than the module may ever have: it stops, and for real. */
function exhaust(core: Core): void {
  core.sha256(new Uint8Array(1_200_000_000));
}

/** Cores that stop when somebody types kStop, `times` times. */
function stopping(phone: Phone, times: number): void {
  let left = times;
  phone.prepareCore = (core) => ({
    ...core,
    openForm: (bytes, options) => {
      const form = core.openForm(bytes, options);
      return {
        ...form,
        change: (change) => {
          if ('value' in change && change.value === kStop && left > 0) {
            left -= 1;
            exhaust(core);
          }
          return form.change(change);
        },
      };
    },
  });
}

function placeOf(trip: number): string {
  return `travel/trips[${String(trip)}]/place`;
}

async function phoneOf(times: number): Promise<Phone> {
  const server = startServer([testPackage()]);
  server.caseOffice = [(await caseOffice()).age_recipient];
  const phone = newPhone(server);
  stopping(phone, times);
  return phone;
}

describe('an engine that stops', () => {
  it('is started again, and what was typed just before is in the draft', async () => {
    const tab = openTab(await phoneOf(1));
    const draft_id = await beginDraft(tab);

    const typed = tab.engine.setAnswer({
      draft_id,
      path: 'person/q1',
      value: 'before',
    });
    const culprit = tab.engine.setAnswer({
      draft_id,
      path: 'person/q2',
      value: kStop,
    });
    const after = tab.engine.setAnswer({
      draft_id,
      path: 'person/q3',
      value: 'after',
    });
    await Promise.all([typed, culprit, after]);
    await tab.engine.flush();

    const opened = await tab.engine.openDraft({ draft_id, locale: 'en' });
    expect(answerOf(opened, 'person/q1')).toBe('before');
    expect(answerOf(opened, 'person/q2')).toBe(kStop);
    expect(answerOf(opened, 'person/q3')).toBe('after');
    tab.kill();
  });

  it('has the vault open again in the new one, though its person would have to show something', async () => {
    const tab = openTab(await phoneOf(1));
    const draft_id = await beginDraft(tab);
    const bytes = (count: number) => new Uint8Array(count).fill(1);
    await tab.engine.changeUnlocking({
      current: null,
      next: { method: 'passkey', credential_id: bytes(16), salt: bytes(32), prf: bytes(32) },
    });

    const typed = tab.engine.setAnswer({ draft_id, path: 'person/q1', value: 'before' });
    const culprit = tab.engine.setAnswer({ draft_id, path: 'person/q2', value: kStop });
    await Promise.all([typed, culprit]);
    await tab.engine.flush();

    const opened = await tab.engine.openDraft({ draft_id, locale: 'en' });
    expect(answerOf(opened, 'person/q1')).toBe('before');
    expect(answerOf(opened, 'person/q2')).toBe(kStop);
    expect(tab.events.some(({ event }) => event === 'vault-carried')).toBe(false);
    tab.kill();
  });

  it.each([
    ['removed', ['second', 'third']],
    ['added', ['first', 'second', 'third', null]],
  ] as const)(
    'does not make an edit twice that it saved without a word: an instance is %s once',
    async (what, places) => {
      const phone = await phoneOf(0);
      const tab = openTab(phone);
      const draft_id = await beginDraft(tab);
      const path = 'travel/trips';
      for (const [i, value] of ['first', 'second', 'third'].entries()) {
        await tab.engine.addRepeat({ draft_id, path });
        await tab.engine.setAnswer({ draft_id, path: placeOf(i + 1), value });
      }
      await tab.engine.flush();
      let dead = false;
      phone.fate = (message) => {
        if (dead) return 'heard';
        dead = (message as EngineEvent).event === 'saved';
        return dead ? 'dies' : 'lost';
      };

      const changes =
        what === 'removed'
          ? await tab.engine.removeRepeat({ draft_id, path, index: 1 })
          : await tab.engine.addRepeat({ draft_id, path });
      await tab.engine.flush();

      const opened = await tab.engine.openDraft({ draft_id, locale: 'en' });
      expect(dead).toBe(true);
      expect(changes.find((node) => node.path === path)?.count).toBe(places.length);
      expect(places.map((_, i) => answerOf(opened, placeOf(i + 1)))).toEqual(places);
      expect(opened.nodes.some((node) => node.path === placeOf(places.length + 1))).toBe(false);
      tab.kill();
    },
  );

  it('tells the page why, and how its drafts stand now', async () => {
    const tab = openTab(await phoneOf(1));
    const draft_id = await beginDraft(tab);

    await tab.engine.setAnswer({ draft_id, path: 'person/q1', value: 'kept' });
    await tab.engine.setAnswer({ draft_id, path: 'person/q2', value: kStop });
    await eventually(() => tab.events.some(({ event }) => event === 'restarted'));

    const told = tab.events.find((event) => event.event === 'restarted');
    expect(told?.reason).toBe('engine_out_of_memory');
    expect(told?.drafts.map((draft) => answerOf(draft, 'person/q1'))).toEqual(['kept']);
    tab.kill();
  });

  it('gives up a change that stops it twice, and keeps every other', async () => {
    const tab = openTab(await phoneOf(2));
    const draft_id = await beginDraft(tab);

    const first = tab.engine.setAnswer({
      draft_id,
      path: 'person/q1',
      value: 'kept',
    });
    const culprit = tab.engine.setAnswer({
      draft_id,
      path: 'person/q2',
      value: kStop,
    });
    expect(await problemOfCall(culprit)).toBe('engine_out_of_memory');
    await first;
    await tab.engine.flush();

    const opened = await tab.engine.openDraft({ draft_id, locale: 'en' });
    expect(answerOf(opened, 'person/q1')).toBe('kept');
    expect(answerOf(opened, 'person/q2')).toBeNull();
    tab.kill();
  });

  it('is brought back without a draft that stops it whenever it is opened', async () => {
    const phone = await phoneOf(1);
    const tab = openTab(phone);
    const draft_id = await beginDraft(tab);
    await tab.engine.setAnswer({ draft_id, path: 'person/q1', value: 'poison' });
    await tab.engine.flush();
    const prepared = phone.prepareCore;
    phone.prepareCore = (core) => ({
      ...prepared(core),
      openForm: (bytes, options) => {
        if (JSON.stringify(options.answers).includes('poison')) exhaust(core);
        return prepared(core).openForm(bytes, options);
      },
    });

    const culprit = tab.engine.setAnswer({ draft_id, path: 'person/q2', value: kStop });

    expect(await problemOfCall(culprit)).toBe('draft_closed');
    expect(await tab.engine.listDrafts()).toHaveLength(1);
    const told = tab.events.filter((event) => event.event === 'restarted');
    expect(told.at(-1)?.drafts).toEqual([]);
    tab.kill();
  });

  it('says that it cannot be brought back when it stops again and again', async () => {
    const phone = await phoneOf(0);
    phone.prepareCore = (core) => {
      exhaust(core);
      return core;
    };
    const tab = openTab(phone);

    expect(await problemOfCall(tab.engine.boot())).toBe('engine_out_of_memory');
    expect(await problemOfCall(tab.engine.listForms({ locale: 'en' }))).not.toBe('none');
    tab.kill();
  });

  it('answers calls that nobody waits for any more with nothing', async () => {
    const tab = openTab(await phoneOf(0));
    await beginDraft(tab);
    const patience = new AbortController();

    const call = tab.engine.listDrafts(patience.signal);
    patience.abort();

    expect(await problemOfCall(call)).toBe('cancelled');
    expect(await tab.engine.listDrafts()).toHaveLength(1);
    tab.kill();
  });
});
