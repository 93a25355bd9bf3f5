// The measurement in Chromium: in a worker, and there and back from the page.

import { inChromium } from '../browser.mjs';
import { bundled } from '../bundle.mjs';

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
  const files = {
    '/worker.js': { type: 'text/javascript', body: await bundled('engine/worker.ts') },
    '/rivals.js': { type: 'text/javascript', body: await bundled('engine/rivals-world.mjs') },
    '/landfall.wasm': { type: 'application/wasm', body: modules.core },
    '/landfall-identity.wasm': { type: 'application/wasm', body: modules.identity },
    '/workload.json': { type: 'application/json', body: JSON.stringify(workload) },
  };
  return inChromium(files, inPage, 2000);
}
