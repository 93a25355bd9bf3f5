import { describe, expect, it } from 'vitest';
import { readCarriedManifest } from '../../../web/src/offline/hand-in';
import { kReceiptKey, kStranger, sha256Hex, signDocument, signReceipt } from '../support/agency';
import { beginDraft, fillDraft, freshPhone } from '../support/journey';
import { eventually, newPhone, openTab, problemOfCall } from '../support/phone';
import type { Phone, Tab } from '../support/phone';
import { kClear, kOffline } from '../support/server';
import type { Weather } from '../support/server';

interface Carried {
  /** The applicant's phone, offline. */
  readonly phone: Phone;
  readonly tab: Tab;
  readonly submission_id: string;
  readonly bundle: Blob;
  /** Somebody else's device, which never saw the portal. */
  readonly counter: Tab;
  readonly manifest_sha256: string;
}

/** An application that was sealed offline, saved as a file, and given to somebody with a network. */
async function carried(fileBytes = 30_000): Promise<Carried> {
  const phone = await freshPhone();
  const tab = openTab(phone);
  const draft_id = await beginDraft(tab);
  await fillDraft(tab, draft_id, fileBytes);
  phone.server.weather = kOffline;
  const { submission_id } = await tab.engine.submit({ draft_id });
  await eventually(async () => (await tab.engine.listOutbox())[0]?.state.kind === 'waiting');
  const bundle = await tab.engine.exportBundle({ submission_id });
  const manifest = await readCarriedManifest(bundle);
  const counter = openTab(newPhone({ ...phone.server, fetch: answering(phone) }));
  return { phone, tab, submission_id, bundle, counter, manifest_sha256: sha256Hex(manifest) };
}

/** The other device has a network of its own, to the same server. */
let counterWeather: Weather = kClear;

function answering(phone: Phone): typeof fetch {
  counterWeather = kClear;
  return async (input, init) => {
    const request = new Request(input, { ...init, duplex: 'half' } as RequestInit);
    phone.server.seen.push(`${request.method} ${new URL(request.url).pathname}`);
    const toServer = (): Promise<Response> => phone.server.answer(request);
    return counterWeather(request, toServer) ?? toServer();
  };
}

function shortReceipt(manifest_sha256: string, case_number: string, by = kReceiptKey): string {
  const whole = signReceipt(manifest_sha256, case_number, by);
  const payload = Buffer.from(whole.split('.')[1] ?? '', 'base64url').toString();
  return (JSON.parse(payload) as { readonly short: string }).short;
}

async function isReceived({ tab }: Carried): Promise<boolean> {
  return (await tab.engine.listOutbox())[0]?.state.kind === 'received';
}

function end({ tab, counter }: Carried): void {
  tab.kill();
  counter.kill();
}

describe('handing in a file for somebody', () => {
  it('gives one case and a genuine receipt, however often, also to the phone that sends it itself', async () => {
    const all = await carried();
    const { phone, tab, bundle, counter, submission_id } = all;

    const first = await counter.engine.handIn({ bundle });
    const second = await counter.engine.handIn({ bundle });

    expect(second).toEqual(first);
    expect(first.case_number).toMatch(/^\d{12}$/);
    expect(counter.events).toContainEqual({
      event: 'handing-in',
      sent_bytes: bundle.size,
      total_bytes: bundle.size,
    });
    // The second time the server has it all: no part is sent again.
    expect(phone.server.seen.filter((line) => line === 'POST /api/v1/bundles')).toHaveLength(1);
    expect(await counter.engine.listOutbox()).toEqual([]);
    phone.server.weather = kClear;
    await tab.engine.retryNow({ submission_id });
    await eventually(() => isReceived(all));
    expect(phone.server.submissions.size).toBe(1);
    const [receipt] = await tab.engine.listReceipts();
    expect(receipt?.case_number).toBe(first.case_number);
    end(all);
  });

  it('refuses what is no file of ours, or a part of one, before anything is sent', async () => {
    const all = await carried();
    const { phone, bundle, counter } = all;
    const before = phone.server.seen.length;
    const wrong: readonly (readonly [string, string, Blob])[] = [
      ['nothing', 'bundle_malformed', new Blob([])],
      ['a photo', 'bundle_malformed', new Blob([new Uint8Array(5000).fill(255)])],
      ['zeros', 'bundle_malformed', new Blob([new Uint8Array(5000)])],
      ['less than a block of it', 'file_damaged', bundle.slice(0, 300)],
      ['half a manifest', 'file_damaged', bundle.slice(0, 700)],
      ['all but the end mark', 'file_damaged', bundle.slice(0, bundle.size - 1024)],
      ['all but one block', 'file_damaged', bundle.slice(0, bundle.size - 512)],
      ['half of it', 'file_damaged', bundle.slice(0, bundle.size / 2)],
      ['another header', 'file_damaged', new Blob([bundle.slice(0, 130), '7', bundle.slice(131)])],
    ];
    let refused = 0;

    for (const [what, code, file] of wrong) {
      expect(await problemOfCall(counter.engine.handIn({ bundle: file })), what).toBe(code);
      refused += 1;
    }

    expect(refused).toBe(9);
    expect(phone.server.seen).toHaveLength(before);
    end(all);
  });

  it('reads a file of half a gigabyte only where its headers are, and refuses a larger one', async () => {
    const all = await carried();
    let read = 0;
    const larger = (size: number): Blob =>
      ({
        size,
        slice: (start: number, stop: number) => {
          read += stop - start;
          return all.bundle.slice(start, stop);
        },
      }) as Blob;

    await readCarriedManifest(larger(512 * 1024 * 1024));

    expect(read).toBeLessThan(20_000);
    await expect(readCarriedManifest(larger(512 * 1024 * 1024 + 1))).rejects.toMatchObject({
      code: 'too_large',
    });
    end(all);
  });

  const kImpostors: readonly (readonly [string, string, () => Response])[] = [
    [
      'a sign-in page with status 200',
      'captive_portal',
      () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
    ],
    ['a redirect', 'captive_portal', () => Response.redirect('http://hotel.test/login', 302)],
    [
      'a 201 that is no receipt',
      'reply_not_understood',
      () => Response.json({ ok: true }, { status: 201 }),
    ],
    [
      "another's receipt",
      'receipt_not_genuine',
      () =>
        new Response(signReceipt(sha256Hex('another'), '115000000001'), {
          status: 201,
          headers: { 'content-type': 'application/jose' },
        }),
    ],
    [
      'half a receipt',
      'receipt_not_genuine',
      () =>
        new Response('eyJhbGciOiJFZERTQSIs', {
          status: 200,
          headers: { 'content-type': 'application/jose' },
        }),
    ],
    ['a full server', 'server_fault', () => refusal(507, 'storage_full')],
    ['a busy server', 'server_busy', () => refusal(503, 'stopping')],
    ['a refusal', 'submission_conflict', () => refusal(409, 'submission_conflict')],
  ];

  function refusal(status: number, code: string): Response {
    const headers = { 'content-type': 'application/problem+json' };
    return new Response(JSON.stringify({ status, code }), { status, headers });
  }

  it.each(kImpostors)('takes %s for no receipt', async (_, code, answer) => {
    const all = await carried();
    for (const path of ['/submissions', '/bundles']) {
      counterWeather = (request) => (request.url.endsWith(path) ? Promise.resolve(answer()) : null);

      expect(await problemOfCall(all.counter.engine.handIn({ bundle: all.bundle }))).toBe(code);
    }
    counterWeather = kClear;
    expect((await all.counter.engine.handIn({ bundle: all.bundle })).case_number).not.toBe('');
    end(all);
  });

  it('says what the server finds wrong with the file itself', async () => {
    const all = await carried();
    for (const code of ['tar_malformed', 'part_digest_mismatch', 'too_large', 'parts_missing']) {
      counterWeather = (request) =>
        request.url.endsWith('/bundles') ? Promise.resolve(refusal(400, code)) : null;

      expect(await problemOfCall(all.counter.engine.handIn({ bundle: all.bundle }))).toBe(code);
    }
    end(all);
  });

  it('stops when it is told to', async () => {
    const all = await carried();
    counterWeather = (request) =>
      request.url.endsWith('/bundles')
        ? new Promise((_, reject) =>
            request.signal.addEventListener('abort', () => reject(new TypeError('aborted'))),
          )
        : null;
    const stop = new AbortController();
    const handing = problemOfCall(all.counter.engine.handIn({ bundle: all.bundle }, stop.signal));
    await eventually(() => all.phone.server.seen.includes('POST /api/v1/bundles'));
    stop.abort();

    expect(await handing).toBe('cancelled');
    expect(all.phone.server.submissions.size).toBe(0);
    end(all);
  });
});

describe('the short receipt of a QR code', () => {
  it('is taken offline, and the whole one takes its place when there is a network', async () => {
    const all = await carried();
    const { phone, tab, submission_id, bundle, counter, manifest_sha256 } = all;
    const { short_jws, jws } = await counter.engine.handIn({ bundle });
    expect(short_jws).toBe(shortReceipt(manifest_sha256, '115000000000'));

    await tab.engine.takeReceipt({ submission_id, receipt: new Blob([`\n${short_jws} `]) });

    expect(await isReceived(all)).toBe(true);
    expect(await tab.engine.listReceipts()).toMatchObject([
      { genuine: true, jws: short_jws, short_jws, case_number: '115000000000' },
    ]);
    phone.server.weather = kClear;
    await tab.engine.network({ online: true });
    await eventually(async () => (await tab.engine.listReceipts())[0]?.jws === jws);
    expect(await tab.engine.listReceipts()).toHaveLength(1);
    expect(phone.server.submissions.size).toBe(1);
    const asked = (): number =>
      phone.server.seen.filter((line) => line.endsWith('/receipt')).length;
    const before = asked();
    await tab.engine.network({ online: true });
    expect(asked()).toBe(before);
    end(all);
  });

  it('is not taken when it is for another application, or not by a key the agency named', async () => {
    const all = await carried();
    const { tab, submission_id, manifest_sha256 } = all;
    const incomplete = signDocument(
      'landfall-receipt',
      { kind: 'short', manifest_sha256, case_number: '115000000001' },
      kReceiptKey,
    );
    const wrong = [
      shortReceipt(sha256Hex('another'), '115000000001'),
      shortReceipt(manifest_sha256, '115000000001', kStranger),
      `${shortReceipt(manifest_sha256, '115000000001').slice(0, -4)}AAAA`,
      incomplete,
    ];

    for (const text of wrong) {
      const receipt = new Blob([text]);
      expect(await problemOfCall(tab.engine.takeReceipt({ submission_id, receipt }))).toBe(
        'receipt_not_genuine',
      );
    }

    expect(wrong).toHaveLength(4);
    expect(await isReceived(all)).toBe(false);
    end(all);
  });

  it('stays genuine when the agency names other keys later', async () => {
    const all = await carried();
    const { phone, tab, submission_id, manifest_sha256 } = all;
    const receipt = new Blob([shortReceipt(manifest_sha256, '115000000001')]);
    await tab.engine.takeReceipt({ submission_id, receipt });
    phone.server.serial = 2;
    phone.server.receiptKeys = [kStranger];
    phone.server.weather = (request) =>
      request.url.endsWith('/packages') ? null : Promise.reject(new TypeError('offline'));
    tab.kill();
    const later = openTab(phone);
    await later.engine.boot();
    await eventually(async () => {
      await later.engine.listForms({ locale: 'en' });
      const named = await later.engine.judge({ content: receipt });
      return !named.genuine && named.code === 'receipt_key_unknown';
    });

    expect(await later.engine.listReceipts()).toMatchObject([{ genuine: true }]);
    later.kill();
    end(all);
  });
});
