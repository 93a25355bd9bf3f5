/** The one place that knows how libheif-js is loaded and what of it we use. */

export interface HeifImage {
  get_width(): number;
  get_height(): number;
  /** Fills `target` with RGBA; the callback gets null when decoding failed. */
  display(target: ImageData, done: (drawn: ImageData | null) => void): void;
  free(): void;
}

export interface Libheif {
  readonly HeifDecoder: new () => { decode(file: Uint8Array): readonly HeifImage[] };
}

type LibheifFactory = (options: { readonly wasmBinary: ArrayBuffer }) => Libheif;

/** Starts the decoder on its wasm bytes. It compiles no code from text, so the portal's CSP holds. */
export async function loadLibheif(wasmBinary: ArrayBuffer): Promise<Libheif> {
  const loaded: unknown = await import('libheif-js/libheif-wasm/libheif.js');
  const factory = (loaded as { readonly default: LibheifFactory }).default;
  return factory({ wasmBinary });
}
