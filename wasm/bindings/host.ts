/** What every module of ours finds around it, and how one is made. */

/** A compiled module, its bytes, or the response that carries them (compiled while it arrives). */
export type CoreSource = WebAssembly.Module | BufferSource | Response | Promise<Response>;

const kMaxDetailBytes = 512;
const kErrnoSeekOnPipe = 70;

export interface StandardError {
  write(bytes: Uint8Array): void;
  text(): string;
}

/** Keeps the end of what is written. */
export function standardError(): StandardError {
  let kept = new Uint8Array(0);
  return {
    write(bytes) {
      const joined = new Uint8Array(kept.length + bytes.length);
      joined.set(kept);
      joined.set(bytes, kept.length);
      kept = joined.subarray(Math.max(0, joined.length - kMaxDetailBytes));
    },
    text: () => new TextDecoder().decode(kept).trim(),
  };
}

/** The imports of any of our modules: growth is told, only standard error can be written. */
export function streams(
  memory: () => WebAssembly.Memory,
  errors: StandardError,
): WebAssembly.Imports {
  const writeVectors = (fd: number, vectors: number, count: number, written: number): number => {
    const view = new DataView(memory().buffer);
    let total = 0;
    for (let i = 0; i < count; i += 1) {
      const start = view.getUint32(vectors + 8 * i, true);
      const size = view.getUint32(vectors + 8 * i + 4, true);
      if (fd === 2) errors.write(new Uint8Array(memory().buffer.slice(start, start + size)));
      total += size;
    }
    view.setUint32(written, total, true);
    return 0;
  };
  return {
    env: { emscripten_notify_memory_growth: () => undefined },
    wasi_snapshot_preview1: {
      fd_write: writeVectors,
      fd_close: () => 0,
      fd_seek: () => kErrnoSeekOnPipe,
      proc_exit: (code: number) => {
        throw new WebAssembly.RuntimeError(`exit ${String(code)}`);
      },
    },
  };
}

/** One instance of the module in `source`. */
export async function instantiate(
  source: CoreSource,
  imports: WebAssembly.Imports,
): Promise<WebAssembly.Instance> {
  const given = await source;
  if (given instanceof WebAssembly.Module) return WebAssembly.instantiate(given, imports);
  if (typeof Response !== 'undefined' && given instanceof Response) {
    return (await WebAssembly.instantiateStreaming(given, imports)).instance;
  }
  return (await WebAssembly.instantiate(given as BufferSource, imports)).instance;
}
