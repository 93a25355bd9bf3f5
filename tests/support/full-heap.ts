/** Makes every further byte that the module needs show as growth of its memory. */

interface HeapExports {
  readonly memory: WebAssembly.Memory;
  readonly lf_alloc: (size: number) => number;
}

// The first size is quick, the others fill the holes that it leaves.
const kBlockBytes = [64 << 10, 4 << 10, 256];

/** Takes the memory the module begins with until it has to grow, and returns its size then. */
export function fillHeap(exports: HeapExports): number {
  for (const size of kBlockBytes) {
    const before = exports.memory.buffer.byteLength;
    while (exports.memory.buffer.byteLength === before) exports.lf_alloc(size);
  }
  return exports.memory.buffer.byteLength;
}
