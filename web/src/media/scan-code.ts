/** Reads a QR code with the camera, where the browser has a reader; the camera is given back whatever happens. */

interface CodeReader {
  readonly detect: (video: HTMLVideoElement) => Promise<readonly { readonly rawValue: string }[]>;
}

/** Source: WICG Shape Detection API, which TypeScript's library does not know. */
interface CodeReaderKind {
  new (options: { readonly formats: readonly string[] }): CodeReader;
  readonly getSupportedFormats: () => Promise<readonly string[]>;
}

declare global {
  var BarcodeDetector: CodeReaderKind | undefined;
}

export type Scanned =
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'stopped' }
  /** The person or the browser's settings said no. */
  | { readonly kind: 'denied' }
  | { readonly kind: 'failed' };

const kFormat = 'qr_code';
/** Between two looks: a hand holds still for longer. */
const kPauseMs = 150;

/** Whether this browser can read QR codes with a camera; says nothing of permission. */
export async function canScan(): Promise<boolean> {
  if (globalThis.BarcodeDetector === undefined) return false;
  if (navigator.mediaDevices?.getUserMedia === undefined) return false;
  try {
    return (await globalThis.BarcodeDetector.getSupportedFormats()).includes(kFormat);
  } catch {
    return false;
  }
}

async function openCamera(): Promise<MediaStream | 'denied' | 'failed'> {
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: 'environment' },
    });
  } catch (cause) {
    return cause instanceof Error && cause.name === 'NotAllowedError' ? 'denied' : 'failed';
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, kPauseMs));
}

async function look(
  reader: CodeReader,
  video: HTMLVideoElement,
  wanted: RegExp,
  signal: AbortSignal,
): Promise<Scanned> {
  while (!signal.aborted) {
    // Before its first frame a video cannot be read.
    const codes = await reader.detect(video).catch(() => []);
    const text = codes.map(({ rawValue }) => rawValue.trim()).find((one) => wanted.test(one));
    if (text !== undefined) return { kind: 'code', text };
    await pause();
  }
  return { kind: 'stopped' };
}

/**
 * Shows what the camera sees in `video` until a QR code whose text is as `wanted` comes into sight,
 * `signal` is aborted, the page is hidden or the camera goes away. Never rejects.
 */
export async function scanCode(
  video: HTMLVideoElement,
  wanted: RegExp,
  signal: AbortSignal,
): Promise<Scanned> {
  const Reader = globalThis.BarcodeDetector;
  if (Reader === undefined) return { kind: 'failed' };
  const camera = await openCamera();
  if (typeof camera === 'string') return { kind: camera };
  const over = new AbortController();
  const end = (): void => over.abort();
  const endIfHidden = (): void => {
    if (document.hidden) end();
  };
  signal.addEventListener('abort', end, { signal: over.signal });
  document.addEventListener('visibilitychange', endIfHidden, { signal: over.signal });
  for (const track of camera.getTracks()) track.addEventListener('ended', end);
  if (signal.aborted || document.hidden) end();
  try {
    video.srcObject = camera;
    // Ends with an error when the picture is taken away at once.
    void video.play().catch(() => undefined);
    return await look(new Reader({ formats: [kFormat] }), video, wanted, over.signal);
  } catch {
    return { kind: 'failed' };
  } finally {
    end();
    for (const track of camera.getTracks()) track.stop();
    video.srcObject = null;
  }
}
