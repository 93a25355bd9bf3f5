/** The worker that prepares files, so that a large picture never freezes the page. */
import { decodeHeic } from './heic';
import type { MakeSurface } from './picture';
import { prepareFile } from './prepare';
import { refused } from './prepared';
import type { PrepareReply, PrepareRequest, PrepareStep } from './prepared';

const makeSurface: MakeSurface = (bitmap, frame, size) => {
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d', { alpha: false });
  if (context) {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, size.width, size.height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(
      bitmap,
      frame.x,
      frame.y,
      frame.width,
      frame.height,
      0,
      0,
      size.width,
      size.height,
    );
  }
  return { toJpeg: (quality) => canvas.convertToBlob({ type: 'image/jpeg', quality }) };
};

function reply(message: PrepareReply): void {
  postMessage(message);
}

async function run(request: PrepareRequest): Promise<void> {
  if (typeof OffscreenCanvas === 'undefined' || !new OffscreenCanvas(1, 1).getContext('2d')) {
    reply({ kind: 'needs-page' });
    return;
  }
  // The page cancels by ending this worker.
  const { signal } = new AbortController();
  const world = {
    makeSurface,
    decodeHeic,
    report: (step: PrepareStep) => reply({ kind: 'step', step }),
  };
  reply({ kind: 'result', result: await prepareFile(request, world, signal) });
}

addEventListener('message', (event: MessageEvent<PrepareRequest>) => {
  run(event.data).catch(() => {
    // Drawing failed in a way no decoder names, mostly for want of memory.
    reply({ kind: 'result', result: refused('image_too_large_for_phone') });
  });
});
