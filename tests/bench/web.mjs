// The first visit and the second one: bytes, requests, and how long until a field takes what is typed.
//
// Slow means 400 kbit/s and 400 ms a round trip for everything, and a page six times slower; workers
// cannot be slowed down from outside and run at full speed.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from '../node_modules/playwright-core/index.mjs';
import { slowRoad } from './slow-road.mjs';

const kSlow = { bitsPerSecond: 400_000, roundTripMs: 400, cpu: 6 };
const kFast = { bitsPerSecond: Infinity, roundTripMs: 0, cpu: 1 };
const kViewport = { width: 412, height: 780 };
const kQuietMs = 1_500;
const kRounds = 3;

const texts = JSON.parse(readFileSync('i18n/en/portal.json', 'utf8'));

function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

async function startServer({ program, web, keys, packages }) {
  const data = mkdtempSync(path.join(tmpdir(), 'landfall-bench-'));
  const port = await freePort();
  const args = ['serve', '--listen', `127.0.0.1:${port}`, '--data', data];
  const child = spawn(program, [...args, '--web', web, '--keys', keys, '--packages', packages], {
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    const up = await fetch(`${url}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (up) break;
    if (tries > 200) throw new Error('the server does not start');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const stop = async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  return { url, stop };
}

async function freePort() {
  const server = http.createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The page nobody can beat: forty inputs, written by hand, no script but the listener. */
async function startFloor() {
  const inputs = Array.from(
    { length: 40 },
    (_, at) => `<p><label for="q${at}">Question ${at}</label><input id="q${at}"></p>`,
  ).join('\n');
  const page = `<!doctype html><meta charset="utf-8"><title>Floor</title><form>${inputs}</form>`;
  const server = http.createServer((request, response) => {
    const found = request.url === '/';
    response.writeHead(found ? 200 : 404, { 'content-type': 'text/html' });
    response.end(found ? page : '');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: async () => void server.close(),
  };
}

/** From the first page to the first field of a new application, as fast as the page allows. */
async function toFirstField(page) {
  await page.getByRole('link', { name: texts.home_start }).click();
  await page.getByRole('button', { name: texts.choose_start }).first().click();
  const agree = page.getByRole('button', { name: texts.before_agree });
  const first = page.locator('.task-list__link').first();
  await agree.or(first).waitFor();
  if (await agree.isVisible()) await agree.click();
  await first.click();
  await page.locator('main .field input').first().check();
}

async function slowPage(context, cpu) {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  return { page, devtools };
}

/** Resolves with the time of the last byte once the road has been quiet for a while. */
async function quiet(road) {
  for (;;) {
    const last = Math.max(...road.files.map(({ at }) => at));
    const pending = road.files.some(({ at }) => at === 0);
    if (!pending && performance.now() - last > kQuietMs) return last;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function visit(browser, server, weather) {
  const road = await slowRoad(server.url);
  const context = await browser.newContext({ viewport: kViewport, locale: 'en-GB' });
  try {
    road.set(weather);
    const { page, devtools } = await slowPage(context, weather.cpu);
    const begun = performance.now();
    await page.goto(`${road.url}/`, { waitUntil: 'commit' });
    await toFirstField(page);
    const first = performance.now() - begun;
    const early = road.files.map((file) => ({ ...file }));
    const complete = (await quiet(road)) - begun;
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    const files = road.files.map((file) => ({ ...file }));
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    const address = page.url();
    await page.close();
    const again = await slowPage(context, weather.cpu);
    const returned = performance.now();
    await again.page.goto(address, { waitUntil: 'commit' });
    await again.page
      .locator('main .field input')
      .first()
      .uncheck({ force: true })
      .catch(() => {});
    await again.page.locator('main .field input').first().isEnabled();
    const second = performance.now() - returned;
    return { first, early, complete, files, heap: usedSize, second };
  } finally {
    await context.close();
    road.close();
  }
}

async function floorVisit(browser, floor, weather) {
  const road = await slowRoad(floor.url);
  const context = await browser.newContext({ viewport: kViewport });
  try {
    road.set(weather);
    const { page } = await slowPage(context, weather.cpu);
    const begun = performance.now();
    await page.goto(`${road.url}/`, { waitUntil: 'commit' });
    await page.locator('#q0').fill('x');
    return performance.now() - begun;
  } finally {
    await context.close();
    road.close();
  }
}

async function rounds(browser, server, floor, weather) {
  const visits = [];
  const floors = [];
  for (let round = 0; round < kRounds; round += 1) {
    floors.push(await floorVisit(browser, floor, weather));
    visits.push(await visit(browser, server, weather));
  }
  const of = (name) => median(visits.map((one) => one[name]));
  return { visit: visits[0], floor: median(floors), of };
}

function row(name, unit, value, rival = '', rivalValue = null) {
  const ratio = rivalValue === null ? null : value / rivalValue;
  return { name, where: 'chromium', unit, value, rival, rival_value: rivalValue, ratio };
}

const sum = (files) => files.reduce((total, { bytes }) => total + bytes, 0);

function printFiles(title, files) {
  console.log(`${title}: ${files.length} requests, ${sum(files)} bytes`);
  for (const { path: name, bytes } of files) console.log(`  ${String(bytes).padStart(8)}  ${name}`);
}

/** Rows of the group `web`; the files of the first visit are printed on the way. */
export async function measure(built) {
  const server = await startServer(built);
  const floor = await startFloor();
  const browser = await chromium.launch({
    executablePath: process.env.LANDFALL_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  try {
    const fast = await rounds(browser, server, floor, kFast);
    const slow = await rounds(browser, server, floor, kSlow);
    printFiles('before the first field takes an answer (slow)', slow.visit.early);
    printFiles('for everything to work offline (slow)', slow.visit.files);
    return [
      row('web.first_field_bytes', 'bytes', sum(slow.visit.early)),
      row('web.first_field_requests', 'requests', slow.visit.early.length),
      row('web.offline_bytes', 'bytes', sum(slow.visit.files)),
      row('web.offline_requests', 'requests', slow.visit.files.length),
      row('web.first_field_ms', 'ms', fast.of('first'), 'floor', fast.floor),
      row('web.first_field_slow_ms', 'ms', slow.of('first'), 'floor', slow.floor),
      row('web.offline_slow_ms', 'ms', slow.of('complete'), 'floor', slow.floor),
      row('web.second_visit_slow_ms', 'ms', slow.of('second'), 'floor', slow.floor),
      row('web.heap', 'bytes', fast.of('heap')),
    ];
  } finally {
    await browser.close();
    await floor.stop();
    await server.stop();
  }
}
