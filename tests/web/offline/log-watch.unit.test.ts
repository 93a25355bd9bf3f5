/** The alarm of a receipt log that shows two faces, and everything that is no alarm. */
import { expect, it } from 'vitest';
import type { LogAlarm } from '../../../web/src/engine/protocol';
import { kStranger } from '../support/agency';
import { testPackage } from '../support/form';
import { eventually, newPhone, openTab } from '../support/phone';
import type { Phone, Tab } from '../support/phone';
import { answerLog, checkpoint, leafOf } from '../support/receipt-log';
import { kClear, startServer } from '../support/server';

const kLeaves = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(leafOf);
const kForked = [...kLeaves.slice(0, 2), leafOf('another'), ...kLeaves.slice(3)];

interface Watched {
  readonly phone: Phone;
  tab: Tab;
}

/** A phone whose server's log is `leaves`, and that has looked at it once. */
async function watched(leaves: readonly Buffer[]): Promise<Watched> {
  const phone = newPhone(startServer([testPackage()]));
  serve(phone, leaves);
  const tab = openTab(phone);
  await tab.engine.boot();
  await tab.engine.listForms({ locale: 'en' });
  await tab.engine.createVault();
  const all = { phone, tab };
  await look(all);
  return all;
}

function serve(phone: Phone, leaves: readonly Buffer[], size = leaves.length): void {
  phone.server.weather = (request) => {
    const answer = answerLog(request, leaves, size);
    return answer === null ? null : Promise.resolve(answer);
  };
}

const asked = ({ phone }: Watched): number =>
  phone.server.seen.filter((line) => line === 'GET /api/v1/log/checkpoint').length;

/** Another tab of the same browser opens, later: an occasion to look at the log. */
async function look(all: Watched): Promise<readonly LogAlarm[]> {
  const before = asked(all);
  all.tab.kill();
  all.phone.clockAhead += 3_600_000;
  all.tab = openTab(all.phone);
  await all.tab.engine.boot();
  await eventually(() => asked(all) > before);
  await eventually(() => all.tab.events.some(({ event }) => event === 'log'));
  return all.tab.engine.logAlarms();
}

it.concurrent(
  'takes a log that grew, one that stands still and an older copy of it for what they are',
  async () => {
    const all = await watched(kLeaves.slice(0, 3));

    serve(all.phone, kLeaves.slice(0, 5));
    expect(await look(all)).toEqual([]);
    expect(await look(all)).toEqual([]);
    serve(all.phone, kLeaves.slice(0, 5), 4);
    expect(await look(all)).toEqual([]);
    serve(all.phone, kLeaves);
    expect(await look(all)).toEqual([]);
    all.tab.kill();
  },
);

it.concurrent(
  'raises an alarm for a log that was rewritten, and keeps both heads through every later look',
  async () => {
    const all = await watched(kLeaves.slice(0, 4));
    const before = checkpoint(kLeaves.slice(0, 4));

    serve(all.phone, kForked);
    const alarms = await look(all);

    expect(alarms).toMatchObject([{ kept: before, found: checkpoint(kForked) }]);
    serve(all.phone, kLeaves);
    expect(await look(all)).toEqual(alarms);
    await all.tab.engine.lockVault();
    expect(await all.tab.engine.logAlarms()).toEqual([]);
    await all.tab.engine.unlockVault();
    expect(await all.tab.engine.logAlarms()).toEqual(alarms);
    all.tab.kill();
  },
);

it.concurrent(
  'is not led to another log by a server that hides it at the second look',
  async () => {
    const all = await watched(kLeaves.slice(0, 4));
    let heads = 0;
    all.phone.server.weather = (request) => {
      if (request.url.endsWith('/checkpoint')) heads += 1;
      const shown = heads === 1 ? kForked : kLeaves.slice(0, 4);
      const proving = request.url.includes('/consistency') ? kForked : shown;
      const answer = answerLog(request, proving);
      return answer === null ? null : Promise.resolve(answer);
    };
    expect(await look(all)).toEqual([]);
    expect(heads).toBe(2);

    serve(all.phone, kForked);
    expect(await look(all)).toHaveLength(1);
    all.tab.kill();
  },
);

it.concurrent('tells two heads of one size apart without any proof', async () => {
  const all = await watched(kLeaves.slice(0, 4));

  serve(all.phone, kForked.slice(0, 4));

  expect(await look(all)).toHaveLength(1);
  all.tab.kill();
});

const kHtml = { headers: { 'content-type': 'text/html' } };
const kNoAlarms: readonly (readonly [string, (request: Request) => Response | null])[] = [
  ['no network', () => Response.error()],
  ['a sign-in page', () => new Response('<html>Welcome</html>', kHtml)],
  [
    'a sign-in page that says it is text',
    () => new Response('Welcome', { headers: { 'content-type': 'text/plain' } }),
  ],
  [
    'a head that a stranger signed',
    () =>
      new Response(checkpoint(kForked, kStranger), { headers: { 'content-type': 'text/plain' } }),
  ],
  [
    'a sign-in page in place of the proof',
    (request) =>
      request.url.includes('consistency')
        ? new Response('<html>Welcome</html>', kHtml)
        : answerLog(request, kLeaves),
  ],
  [
    'a proof that is none',
    (request) =>
      request.url.includes('consistency')
        ? new Response('{"proof":"none"}', { headers: { 'content-type': 'application/json' } })
        : answerLog(request, kLeaves),
  ],
  [
    'another log',
    () =>
      new Response(checkpoint(kLeaves, undefined, 'other.test/log'), {
        headers: { 'content-type': 'text/plain' },
      }),
  ],
];

it.concurrent.each(kNoAlarms)(
  'takes %s for no alarm, and goes on from what it kept',
  async (_name, weather) => {
    const all = await watched(kLeaves.slice(0, 4));
    const before = asked(all);

    all.phone.server.weather = (request) => {
      if (!request.url.includes('/log/')) return null;
      const answer = weather(request);
      return answer?.type === 'error'
        ? Promise.reject(new TypeError('offline'))
        : answer && Promise.resolve(answer);
    };
    all.tab.kill();
    all.phone.clockAhead += 3_600_000;
    all.tab = openTab(all.phone);
    await all.tab.engine.boot();
    await eventually(() => asked(all) > before);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await all.tab.engine.logAlarms()).toEqual([]);

    serve(all.phone, kForked);
    expect(await look(all)).toHaveLength(1);
    all.tab.kill();
  },
);

it.concurrent('asks at most once while nothing happens, and never without a vault', async () => {
  const all = await watched(kLeaves);
  const before = asked(all);

  await all.tab.engine.network({ online: true });
  await all.tab.engine.boot();
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(asked(all)).toBe(before);

  const stranger = newPhone(startServer([testPackage()]));
  stranger.server.weather = kClear;
  const tab = openTab(stranger);
  await tab.engine.boot();
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(stranger.server.seen.filter((line) => line.includes('/log/'))).toEqual([]);
  tab.kill();
  all.tab.kill();
});
