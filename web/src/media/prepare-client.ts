/** The page's side of preparing a file: one worker for each file, ended when done or cancelled. */
import { prepareFile } from './prepare';
import type { MakeSurface } from './picture';
import { refused } from './prepared';
import type { Prepared, PrepareReply, PrepareRequest, PrepareStep } from './prepared';

/**
 * Makes `request.file` ready: upright, scaled, compressed, without metadata. `report` hears each step.
 * Rejects with an AbortError when `signal` is aborted; a worker that dies is a refusal, not a rejection.
 */
export function prepare(
  request: PrepareRequest,
  report: (step: PrepareStep) => void,
  signal: AbortSignal,
): Promise<Prepared> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./prepare.worker.ts', import.meta.url), {
    type: 'module',
    name: 'media',
  });
  const done = new Promise<Prepared>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    worker.onmessage = (event: MessageEvent<PrepareReply>) => {
      const message = event.data;
      if (message.kind === 'step') report(message.step);
      if (message.kind === 'result') resolve(message.result);
      if (message.kind === 'needs-page') resolve(prepareOnPage(request, report, signal));
    };
    // Out of memory on a very large picture ends the worker without a word.
    worker.onerror = () => resolve(refused('image_too_large_for_phone'));
    worker.postMessage(request);
  });
  return done.finally(() => worker.terminate());
}

async function prepareOnPage(
  request: PrepareRequest,
  report: (step: PrepareStep) => void,
  signal: AbortSignal,
): Promise<Prepared> {
  const { decodeHeic } = await import('./heic');
  return prepareFile(request, { makeSurface: pageSurface, decodeHeic, report }, signal);
}

const pageSurface: MakeSurface = (bitmap, frame, size) => {
  const canvas = document.createElement('canvas');
  canvas.width = size.width;
  canvas.height = size.height;
  const context = canvas.getContext('2d', { alpha: false });
  if (context) {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, size.width, size.height);
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
  return {
    toJpeg: (quality) =>
      new Promise((resolve, reject) => {
        canvas.toBlob(
          (blob) => (blob ? resolve(blob) : reject(new Error('the canvas gave no picture'))),
          'image/jpeg',
          quality,
        );
      }),
  };
};
