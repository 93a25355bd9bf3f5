/** Turns any picture the browser can decode into an upright JPEG that fits a rule, without its metadata. */
import type { DocumentRule } from '../engine/protocol';
import {
  acceptableBytes,
  cropFrame,
  jpegName,
  kQualities,
  maxEdge,
  scaledSize,
  smallerEdge,
  tooFewPixels,
} from './fit';
import type { Frame, Size } from './fit';
import { refused } from './prepared';
import type { Prepared } from './prepared';

/** A drawn picture that can be written as JPEG: an OffscreenCanvas in the worker, a canvas element on the page. */
export interface Surface {
  toJpeg(quality: number): Promise<Blob>;
}

/** Draws `frame` of the bitmap, scaled to `size`, on white: transparent pictures stay readable. */
export type MakeSurface = (bitmap: ImageBitmap, frame: Frame, size: Size) => Surface;

export interface PictureSource {
  readonly bitmap: ImageBitmap;
  readonly fileName: string;
  readonly beforeBytes: number;
  /** Media type by content. */
  readonly mediaType: string;
}

/** Crops, scales and compresses; refuses only what no computation can make right. */
export async function fitPicture(
  source: PictureSource,
  rule: DocumentRule,
  makeSurface: MakeSurface,
  signal: AbortSignal,
): Promise<Prepared> {
  const { bitmap } = source;
  const frame = cropFrame(bitmap, rule);
  if (tooFewPixels(frame, rule)) {
    return refused('image_too_few_pixels', {
      min_width: String(rule.min_width ?? 1),
      min_height: String(rule.min_height ?? 1),
      width: String(bitmap.width),
      height: String(bitmap.height),
    });
  }
  const fitted = await compress(bitmap, frame, rule, makeSurface, signal);
  if (!fitted) return refused('image_cannot_shrink', { max_bytes: String(rule.max_bytes) });
  return {
    kind: 'ready',
    file: fitted.blob,
    fileName: jpegName(source.fileName),
    beforeBytes: source.beforeBytes,
    afterBytes: fitted.blob.size,
    ...fitted.size,
    changes: {
      convertedFrom: source.mediaType === 'image/jpeg' ? null : source.mediaType,
      scaled: fitted.size.width < frame.width,
      cropped: frame.width < bitmap.width || frame.height < bitmap.height,
    },
  };
}

async function compress(
  bitmap: ImageBitmap,
  frame: Frame,
  rule: DocumentRule,
  makeSurface: MakeSurface,
  signal: AbortSignal,
): Promise<{ blob: Blob; size: Size } | null> {
  let edge = maxEdge(rule);
  let previous: Size | null = null;
  for (;;) {
    const size = scaledSize(frame, edge, rule);
    // The rule's least pixels stop the scaling: smaller is not allowed, so there is no way.
    if (previous?.width === size.width) return null;
    const { blob, fits } = await compressAt(makeSurface(bitmap, frame, size), rule, signal);
    if (fits) return { blob, size };
    previous = size;
    edge = smallerEdge(Math.max(size.width, size.height), blob.size, rule.max_bytes);
  }
}

async function compressAt(
  surface: Surface,
  rule: DocumentRule,
  signal: AbortSignal,
): Promise<{ blob: Blob; fits: boolean }> {
  let blob = new Blob();
  for (const quality of kQualities) {
    signal.throwIfAborted();
    blob = await surface.toJpeg(quality);
    if (blob.size <= acceptableBytes(quality, rule)) return { blob, fits: true };
  }
  return { blob, fits: false };
}
