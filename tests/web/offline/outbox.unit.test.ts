import { describe, expect, it, vi } from 'vitest';
import type { OutboxSummary } from '../../../web/src/engine/protocol';
import { sha256Hex, signReceipt } from '../support/agency';
import { beginDraft, fillDraft, freshPhone } from '../support/journey';
import { eventually, openTab, problemOfCall } from '../support/phone';
import type { Phone, Tab } from '../support/phone';
import { kClear, kOffline, readManifest } from '../support/server';
import type { TestServer, Weather } from '../support/server';

/** Seals one application on the phone while there is no network. */
async function sealOffline(phone: Phone, tab: Tab, fileBytes = 0): Promise<OutboxSummary> {
  const draft_id = await beginDraft(tab);
  await fillDraft(tab, draft_id, fileBytes);
  phone.server.weather = kOffline;
  return tab.engine.submit({ draft_id });
}

async function itemOf(tab: Tab, submission_id: string): Promise<OutboxSummary> {
  const items = await tab.engine.listOutbox();
  const found = items.find((item) => item.submission_id === submission_id);
  if (found === undefined) throw new Error('the item is gone');
  return found;
}

async function reasonOf(tab: Tab, submission_id: string): Promise<string | null> {
  const { state } = await itemOf(tab, submission_id);
  return state.kind === 'waiting' || state.kind === 'refused' ? state.reason : null;
}

async function received(tab: Tab, submission_id: string): Promise<void> {
  await eventually(async () => (await itemOf(tab, submission_id)).state.kind === 'received');
}

/** The manifest inside the file that is carried by hand. */
async function carriedManifest(tab: Tab, submission_id: string): Promise<string> {
  const bundle = await tab.engine.exportBundle({ submission_id });
  const header = await bundle.slice(0, 512).text();
  const size = Number.parseInt(header.slice(124, 136), 8);
  return bundle.slice(512, 512 + size).text();
}

const kHtml = { 'content-type': 'text/html' };
const kJson = { 'content-type': 'application/json' };
const kProblem = { 'content-type': 'application/problem+json' };
const kJose = { 'content-type': 'application/jose' };

function brokenOff(headers: Record<string, string>): Response {
  const body = new ReadableStream({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode('eyJhbGciOiJFZERTQSIs'));
      controller.error(new TypeError('connection reset'));
    },
  });
  return new Response(body, { status: 201, headers });
}

function always(answer: () => Response): Weather {
  return () => Promise.resolve(answer());
}

function onlyManifests(answer: (request: Request) => Promise<Response> | null): Weather {
  return (request) =>
    request.method === 'POST' && request.url.endsWith('/submissions') ? answer(request) : null;
}

/** What the network may say instead of our server, and what it is called. */
const kImpostors: readonly (readonly [string, string, Weather])[] = [
  [
    'a sign-in page with status 200',
    'captive_portal',
    always(() => new Response('<html>', { headers: kHtml })),
  ],
  [
    'a redirect',
    'captive_portal',
    always(() => Response.redirect('http://portal.test/login', 302)),
  ],
  ['an empty 200', 'captive_portal', always(() => new Response(null, { status: 200 }))],
  [
    'a proxy error page',
    'captive_portal',
    always(() => new Response('<html>', { status: 502, headers: kHtml })),
  ],
  ['no network', 'server_unreachable', kOffline],
  [
    'a 200 to the manifest that is a page',
    'captive_portal',
    onlyManifests(() => Promise.resolve(new Response('<html>', { headers: kHtml }))),
  ],
  [
    'a 201 to the manifest without a receipt',
    'reply_not_understood',
    onlyManifests(() =>
      Promise.resolve(new Response('{"ok":true}', { status: 201, headers: kJson })),
    ),
  ],
  [
    'a receipt that breaks off',
    'server_unreachable',
    onlyManifests(() => Promise.resolve(brokenOff(kJose))),
  ],
  [
    'half a receipt',
    'receipt_not_genuine',
    onlyManifests(
      async (request) =>
        new Response(signReceipt(sha256Hex(await request.text()), '115000000001').slice(0, 400), {
          status: 201,
          headers: kJose,
        }),
    ),
  ],
  [
    'a genuine receipt for another submission',
    'receipt_not_genuine',
    onlyManifests(() =>
      Promise.resolve(
        new Response(signReceipt(sha256Hex('another'), '115000000001'), {
          status: 201,
          headers: kJose,
        }),
      ),
    ),
  ],
  [
    'a busy server',
    'server_busy',
    onlyManifests(() =>
      Promise.resolve(
        new Response('{"code":"upload_quota_reached"}', {
          status: 429,
          headers: kProblem,
        }),
      ),
    ),
  ],
];

describe('the outbox', () => {
  it('sends by itself when the network is back, and the receipt is genuine', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const sealed = await sealOffline(phone, tab, 30_000);
    expect(sealed.state.kind).toBe('sealed');

    phone.server.weather = kClear;
    await tab.engine.network({ online: true });
    await received(tab, sealed.submission_id);

    const [receipt] = await tab.engine.listReceipts();
    expect(receipt?.genuine).toBe(true);
    expect(receipt?.case_number).toBe('115000000000');
    expect(receipt?.short_jws.split('.')).toHaveLength(3);
    expect(phone.server.submissions.size).toBe(1);
    tab.kill();
  });

  it("pains 5: holds on to an item whatever stands in the server's place, and names it", async () => {
    let reached = 0;
    for (const [what, reason, weather] of kImpostors) {
      const phone = await freshPhone();
      const tab = openTab(phone);
      const { submission_id } = await sealOffline(phone, tab);
      phone.server.weather = weather;
      await tab.engine.retryNow({ submission_id });
      await eventually(async () => (await reasonOf(tab, submission_id)) === reason).catch(
        async () => {
          throw new Error(`${what}: ${String(await reasonOf(tab, submission_id))}`);
        },
      );

      phone.server.weather = kClear;
      await tab.engine.retryNow({ submission_id });
      await received(tab, submission_id);
      expect(phone.server.submissions.size).toBe(1);
      tab.kill();
      reached += 1;
    }
    expect(reached).toBe(kImpostors.length);
  }, 60_000);

  it('is received by the receipt that came back by hand, with no network, and sends nothing more', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const { submission_id } = await sealOffline(phone, tab);
    const manifest = await carriedManifest(tab, submission_id);
    const receipt = signReceipt(sha256Hex(manifest), '115000000007');

    await tab.engine.takeReceipt({ submission_id, receipt: new Blob([`${receipt}\n`]) });

    const { state } = await itemOf(tab, submission_id);
    expect(state).toMatchObject({ kind: 'received', case_number: '115000000007' });
    expect(await tab.engine.listReceipts()).toMatchObject([{ genuine: true, jws: receipt }]);
    phone.server.weather = kClear;
    await tab.engine.retryNow({ submission_id });
    expect(phone.server.submissions.size).toBe(0);
    tab.kill();
  });

  it('keeps waiting when what came back by hand is no receipt of its own', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const { submission_id } = await sealOffline(phone, tab);
    const own = sha256Hex(await carriedManifest(tab, submission_id));
    const wrong: readonly (readonly [string, BlobPart])[] = [
      ['nothing', ''],
      ['a photo', new Uint8Array(5000).fill(255)],
      ['a page', '<html>'],
      ['half of it', signReceipt(own, '115000000007').slice(0, 400)],
      ["another's", signReceipt(sha256Hex('another'), '115000000007')],
      ['far too much', new Uint8Array(1 << 20)],
    ];
    let refused = 0;

    for (const [what, content] of wrong) {
      const receipt = new Blob([content]);
      const problem = await problemOfCall(tab.engine.takeReceipt({ submission_id, receipt }));
      expect(problem, what).toBe('receipt_not_genuine');
      expect((await itemOf(tab, submission_id)).state.kind, what).toBe('waiting');
      refused += 1;
    }

    expect(refused).toBe(6);
    expect(await tab.engine.listReceipts()).toEqual([]);
    tab.kill();
  });

  it('pains 6: gets one case and one receipt when answers are lost and two tabs try again', async () => {
    const phone = await freshPhone();
    const first = openTab(phone);
    const { submission_id } = await sealOffline(phone, first);
    let lost = 0;
    phone.server.weather = (request, toServer) => {
      if (!request.url.endsWith('/submissions') || lost >= 5) return null;
      lost += 1;
      return toServer().then(() => Promise.reject(new TypeError('connection reset')));
    };
    const second = openTab(phone);
    await second.engine.boot();

    for (let i = 0; i < 6; i += 1) {
      await (i % 2 === 0 ? first : second).engine.retryNow({ submission_id });
      await eventually(() => lost > i || i >= 5);
    }
    await received(second, submission_id);

    expect(lost).toBe(5);
    expect(phone.server.submissions.size).toBe(1);
    expect(await first.engine.listReceipts()).toHaveLength(1);
    expect(await second.engine.listReceipts()).toHaveLength(1);
    first.kill();
    second.kill();
  });

  it('pains 7: lets the others go when one item is refused, and keeps that one, named and exportable', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const poison = await sealOffline(phone, tab);
    const good = await sealOffline(phone, tab);
    phone.server.weather = onlyManifests(async (request) =>
      readManifest(await request.clone().text()).submission_id === poison.submission_id
        ? new Response('{"code":"submission_conflict"}', {
            status: 409,
            headers: kProblem,
          })
        : phone.server.answer(request),
    );

    await tab.engine.network({ online: true });
    await received(tab, good.submission_id);
    await eventually(
      async () => (await itemOf(tab, poison.submission_id)).state.kind === 'refused',
    );

    expect(await reasonOf(tab, poison.submission_id)).toBe('submission_conflict');
    const bundle = await tab.engine.exportBundle({
      submission_id: poison.submission_id,
    });
    expect(bundle.size % 512).toBe(0);
    const draft = await tab.engine.reopen({
      submission_id: poison.submission_id,
    });
    const opened = await tab.engine.openDraft({
      draft_id: draft.draft_id,
      locale: 'en',
    });
    expect(opened.nodes.find(({ path }) => path === 'person/name')?.value).toBe('Tan Mei-Ling');
    tab.kill();
  });

  it.each([
    ['jws_malformed', 400, 'refused'],
    ['upload_digest_mismatch', 422, 'waiting'],
    ['request_malformed', 400, 'waiting'],
  ] as const)('takes %s with status %i in answer to a part as %s', async (code, status, kind) => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const { submission_id } = await sealOffline(phone, tab);
    phone.server.weather = (request) =>
      request.url.includes('/parts')
        ? Promise.resolve(new Response(JSON.stringify({ code }), { status, headers: kProblem }))
        : null;
    await tab.engine.network({ online: true });
    await eventually(async () => {
      const reason = await reasonOf(tab, submission_id);
      return reason !== null && reason !== 'server_unreachable';
    });
    // The next try of one that waits may be under way already.
    await eventually(async () => (await itemOf(tab, submission_id)).state.kind !== 'sending');

    expect((await itemOf(tab, submission_id)).state.kind).toBe(kind);
    tab.kill();
  });

  it('opens a refused item as a draft whole or not at all', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const { submission_id } = await sealOffline(phone, tab);
    phone.server.weather = onlyManifests(() =>
      Promise.resolve(
        new Response('{"code":"submission_conflict"}', { status: 409, headers: kProblem }),
      ),
    );
    await tab.engine.network({ online: true });
    await eventually(async () => (await itemOf(tab, submission_id)).state.kind === 'refused');
    const cut = vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
      throw new DOMException('the tab is gone', 'AbortError');
    });

    const problem = await problemOfCall(tab.engine.reopen({ submission_id }));
    cut.mockRestore();

    expect(problem).toBe('storage_unavailable');
    expect(await tab.engine.listDrafts()).toEqual([]);
    await tab.engine.reopen({ submission_id });
    expect(await tab.engine.listDrafts()).toHaveLength(1);
    expect(await tab.engine.listOutbox()).toEqual([]);
    tab.kill();
  });

  it('does not open an item as a draft that another tab sends again meanwhile', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const { submission_id } = await sealOffline(phone, tab);
    phone.server.weather = onlyManifests(() =>
      Promise.resolve(
        new Response('{"code":"submission_conflict"}', { status: 409, headers: kProblem }),
      ),
    );
    await tab.engine.network({ online: true });
    await eventually(async () => (await itemOf(tab, submission_id)).state.kind === 'refused');
    phone.server.weather = kOffline;

    const [problem] = await Promise.all([
      problemOfCall(tab.engine.reopen({ submission_id })),
      tab.engine.retryNow({ submission_id }),
    ]);

    const drafts = await tab.engine.listDrafts();
    const items = await tab.engine.listOutbox();
    expect(drafts.length + items.length).toBe(1);
    expect(problem).toBe(items.length === 1 ? 'submission_not_refused' : 'none');
    tab.kill();
  });

  it('uploads a part again when the server says it lacks it', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const { submission_id } = await sealOffline(phone, tab, 30_000);
    let forgotten = false;
    phone.server.weather = (request) => {
      if (request.url.endsWith('/submissions') && !forgotten) {
        forgotten = true;
        phone.server.parts.clear();
        phone.server.uploads.clear();
      }
      return null;
    };

    await tab.engine.network({ online: true });
    await received(tab, submission_id);

    expect(forgotten).toBe(true);
    expect(phone.server.submissions.size).toBe(1);
    tab.kill();
  });

  it('pains 13: goes on where the server stands after the tab was killed in the middle of an upload', async () => {
    const phone = await freshPhone();
    const first = openTab(phone);
    const { submission_id } = await sealOffline(phone, first, 5_000_000);
    let patches = 0;
    phone.server.weather = (request) => {
      if (request.method !== 'PATCH') return null;
      patches += 1;
      return patches > 12 ? new Promise(() => undefined) : null;
    };
    await first.engine.network({ online: true });
    await eventually(() => patches > 12);
    first.kill();
    const before = largestUpload(phone.server);

    phone.server.weather = kClear;
    phone.server.seen.length = 0;
    const second = openTab(phone);
    await second.engine.boot();
    await received(second, submission_id);

    expect(before.received / before.length).toBeGreaterThan(0.55);
    expect(phone.server.seen.filter((line) => line === 'POST /api/v1/parts')).toEqual([]);
    second.kill();
  });

  it('starts an upload anew when the server does not know it any more', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const { submission_id } = await sealOffline(phone, tab, 2_000_000);
    phone.server.breakAfter = 60_000;
    phone.server.weather = kClear;
    await tab.engine.network({ online: true });
    await eventually(async () => (await reasonOf(tab, submission_id)) === 'server_unreachable');

    phone.server.uploads.clear();
    phone.server.breakAfter = Number.POSITIVE_INFINITY;
    await tab.engine.retryNow({ submission_id });
    await received(tab, submission_id);

    expect(phone.server.submissions.size).toBe(1);
    tab.kill();
  });

  it('does not take a busy server for a lost upload', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const { submission_id } = await sealOffline(phone, tab, 2_000_000);
    let broken = false;
    phone.server.weather = (request) => {
      if (request.method === 'HEAD') return Promise.resolve(new Response(null, { status: 503 }));
      if (request.method !== 'PATCH') return null;
      broken = true;
      return Promise.reject(new TypeError('connection reset'));
    };
    await tab.engine.network({ online: true });
    await eventually(() => broken);
    await eventually(async () => (await reasonOf(tab, submission_id)) === 'server_unreachable');
    const uploads = phone.server.uploads.size;

    await tab.engine.retryNow({ submission_id });
    await eventually(async () => (await reasonOf(tab, submission_id)) === 'server_busy');

    expect(phone.server.uploads.size).toBe(uploads);
    tab.kill();
  });

  it('sends what was sealed before the browser was closed, when it is opened again', async () => {
    const phone = await freshPhone();
    const first = openTab(phone);
    const { submission_id } = await sealOffline(phone, first, 30_000);
    await eventually(async () => (await reasonOf(first, submission_id)) === 'server_unreachable');
    first.kill();
    phone.server.weather = kClear;

    const second = openTab(phone);
    await second.engine.boot();

    await received(second, submission_id);
    second.kill();
  });

  it('sends while the vault is locked, and shows it only when it is open', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const { submission_id } = await sealOffline(phone, tab);
    await tab.engine.lockVault();
    phone.server.weather = kClear;

    await tab.engine.network({ online: true });
    await eventually(() => phone.server.submissions.size === 1);

    expect(await tab.engine.listOutbox()).toEqual([]);
    await tab.engine.unlockVault();
    await received(tab, submission_id);
    tab.kill();
  });

  it('takes submitting twice for submitting once', async () => {
    const phone = await freshPhone();
    const tab = openTab(phone);
    const draft_id = await beginDraft(tab);
    await fillDraft(tab, draft_id);
    phone.server.weather = kOffline;

    const first = await tab.engine.submit({ draft_id });
    const second = await tab.engine.submit({ draft_id });

    expect(second.submission_id).toBe(first.submission_id);
    expect(await tab.engine.listOutbox()).toHaveLength(1);
    expect(await tab.engine.listDrafts()).toEqual([]);
    tab.kill();
  });

  it('refuses an application that is not complete and leaves it a draft', async () => {
    const tab = openTab(await freshPhone());
    const draft_id = await beginDraft(tab);

    expect(await problemOfCall(tab.engine.submit({ draft_id }))).toBe('form_incomplete');

    expect(await tab.engine.listDrafts()).toHaveLength(1);
    tab.kill();
  });
});

function largestUpload(server: TestServer): {
  received: number;
  length: number;
} {
  const uploads = [...server.uploads.values()].sort((a, b) => b.length - a.length);
  return {
    received: uploads[0]?.bytes.length ?? 0,
    length: uploads[0]?.length ?? 1,
  };
}
