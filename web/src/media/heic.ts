/** Decodes HEIC with libheif, fetched only when a browser cannot decode it by itself. */
import wasmUrl from 'libheif-js/libheif-wasm/libheif.wasm?url';
import { loadLibheif } from './libheif';

/**
 * The first picture of `bytes`, upright (libheif applies the file's own rotation), or null when the decoder
 * cannot be fetched or cannot read the file.
 */
export async function decodeHeic(
  bytes: ArrayBuffer,
  signal: AbortSignal,
): Promise<ImageBitmap | null> {
  try {
    const response = await fetch(wasmUrl, { signal });
    if (!response.ok) return null;
    const libheif = await loadLibheif(await response.arrayBuffer());
    signal.throwIfAborted();
    const [image] = new libheif.HeifDecoder().decode(new Uint8Array(bytes));
    if (!image) return null;
    const data = new ImageData(image.get_width(), image.get_height());
    const drawn = await new Promise<ImageData | null>((resolve) => image.display(data, resolve));
    image.free();
    return drawn ? await createImageBitmap(drawn) : null;
  } catch {
    signal.throwIfAborted();
    return null;
  }
}
