// Measures every contender in the world this runs in: Node, or a worker of Chromium.

import { contenders, joined, kPieceBytes } from './contenders.mjs';
import { landfall } from './landfall';
import { measureSingle } from './single.mjs';

export { measureSingle };

// Whole pieces, so that those who end in a piece of its own are cut where they were sealed.
const kFileBytes = 20 << 20;
const kRounds = 8;
const kModes = ['seal_stream', 'seal_buffer', 'open_stream', 'open_buffer'];

// How the portal's worker reads files and keeps what was sealed.
const kSealedPieceBytes = 512 << 10;

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

function streamOf(bytes, size) {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, (at += size)));
    },
  });
}

async function countOf(stream) {
  const reader = stream.getReader();
  let count = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return count;
    count += value.length;
  }
}

async function collected(stream) {
  const pieces = [];
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(pieces);
    pieces.push(value);
  }
}

/** How many bytes came out of `mode` for `file`. */
async function run(contender, mode, file, size) {
  if (mode.endsWith('_buffer')) return (await contender[mode](file)).length;
  return countOf(await contender[mode](streamOf(file, size)));
}

// MB/s for `mode` by contender, the median of interleaved rounds after one that warms up.
async function speeds(all, mode, plain) {
  const times = new Map(all.map(({ name }) => [name, []]));
  for (let round = 0; round <= kRounds; round += 1) {
    // Each comes first, and after each other, equally often: who follows pays for the other's garbage.
    const first = round % all.length;
    for (const contender of [...all.slice(first), ...all.slice(0, first)]) {
      const opens = mode.startsWith('open');
      // A file of its own each time, because one of them needs the header of the last.
      const file = opens
        ? await collected(await contender.seal_stream(streamOf(plain, kPieceBytes)))
        : plain;
      const started = performance.now();
      const count = await run(contender, mode, file, opens ? contender.pieceToOpen : kPieceBytes);
      const seconds = (performance.now() - started) / 1000;
      const right = opens ? count === plain.length : count > plain.length;
      if (!right) throw new Error(`${contender.name} ${mode}: ${count} bytes came out`);
      if (round > 0) times.get(contender.name).push(seconds);
    }
  }
  return Object.fromEntries(
    [...times].map(([name, all]) => [name, kFileBytes / 1e6 / median(all)]),
  );
}

/** {mode: {contender: MB/s}} */
export async function measureSpeeds(modules) {
  const all = await contenders(modules);
  const plain = new Uint8Array(kFileBytes).fill(7);
  const figures = {};
  for (const mode of kModes) figures[mode] = await speeds(all, mode, plain);
  return figures;
}

/** By how many bytes the module's memory grows while `megabytes` MiB are sealed and opened. */
export async function moduleGrowth(modules, megabytes) {
  const core = await landfall(modules, { fast: true });
  const before = core.fillMemory();
  const [sealer, opener] = [core.sealer(), core.opener()];
  const plain = new Uint8Array(kPieceBytes).fill(7);
  const sealed = new Uint8Array(kSealedPieceBytes);
  let filled = 0;
  let opened = 0;
  const take = (bytes) => {
    for (let at = 0; at < bytes.length;) {
      const piece = bytes.subarray(at, at + sealed.length - filled);
      sealed.set(piece, filled);
      filled += piece.length;
      at += piece.length;
      if (filled < sealed.length) continue;
      opened += opener.push(sealed).length;
      filled = 0;
    }
  };
  const pieces = (megabytes << 20) / kPieceBytes;
  for (let i = 0; i < pieces; i += 1) take(sealer.push(plain));
  take(sealer.finish());
  opened += opener.push(sealed.subarray(0, filled)).length + opener.finish().length;
  if (opened !== megabytes << 20) throw new Error(`${opened} bytes were opened`);
  return core.memoryBytes() - before;
}

if (typeof WorkerGlobalScope !== 'undefined') {
  self.onmessage = async ({ data: { modules, megabytes } }) => {
    try {
      const value = {
        speeds: await measureSpeeds(modules),
        single: await measureSingle(modules),
        growth: await moduleGrowth(modules, megabytes),
      };
      self.postMessage({ value });
    } catch (error) {
      self.postMessage({ error: String(error) });
    }
  };
}
