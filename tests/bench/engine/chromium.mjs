// The measurement in Debian's Chromium: a cross-origin isolated page, where the clock is finest.

import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';
import { bundled } from './bundle.mjs';

const kBrowser = '/usr/bin/chromium';
const kTimeoutMs = 600_000;

const kIsolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

async function serve(files) {
  const server = createServer((request, response) => {
    const found = files[request.url];
    response.writeHead(found === undefined ? 404 : 200, {
      'Content-Type': found?.type ?? 'text/plain',
      ...kIsolation,
    });
    response.end(found?.body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, origin: `http://127.0.0.1:${server.address().port}` };
}

// Runs in the page: measures in a worker, then times changes that go there and back.
async function inPage(rounds) {
  if (!crossOriginIsolated) throw new Error('the bench page is not cross-origin isolated');
  const workload = await (await fetch('/workload.json')).json();
  const bytesOf = async (path) => (await fetch(path)).arrayBuffer();
  const modules = {
    core: await bytesOf('/landfall.wasm'),
    identity: await bytesOf('/landfall-identity.wasm'),
  };
  const worker = new Worker('/worker.js', { type: 'module' });
  const ask = (request) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) =>
        data.error === undefined ? resolve(data.value) : reject(new Error(data.error));
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(request);
    });
  const figures = await ask({ kind: 'measure', modules, workload });
  const another = new Worker('/rivals.js', { type: 'module' });
  const rivals = await new Promise((resolve, reject) => {
    another.onmessage = ({ data }) => resolve(data.value);
    another.onerror = (event) => reject(new Error(event.message));
    another.postMessage({ workload });
  });
  const form = workload.forty;
  if (form === null) return { figures, rivals };
  await ask({ kind: 'open', modules, workload, form });
  const times = [];
  for (let i = 0; i < rounds; i += 1) {
    const started = performance.now();
    await ask({ kind: 'change', change: form.changes[i % form.changes.length] });
    times.push((performance.now() - started) * 1000);
  }
  times.sort((a, b) => a - b);
  const roundTrip = times[Math.floor(times.length / 2)];
  return { figures: { ...figures, 'engine.round_trip_40': roundTrip }, rivals };
}

/** The figures of Chromium, or null where it is not installed. */
export async function measureInChromium(modules, workload) {
  if (!existsSync(kBrowser)) return null;
  const { server, origin } = await serve({
    '/': { type: 'text/html', body: '<!doctype html><title>bench</title>' },
    '/worker.js': { type: 'text/javascript', body: await bundled('worker.ts') },
    '/rivals.js': { type: 'text/javascript', body: await bundled('rivals-world.mjs') },
    '/landfall.wasm': { type: 'application/wasm', body: modules.core },
    '/landfall-identity.wasm': { type: 'application/wasm', body: modules.identity },
    '/workload.json': { type: 'application/json', body: JSON.stringify(workload) },
  });
  const browser = await chromium.launch({
    executablePath: kBrowser,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'],
  });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(kTimeoutMs);
    await page.goto(origin);
    return await page.evaluate(inPage, 2000);
  } finally {
    await browser.close();
    server.close();
  }
}
