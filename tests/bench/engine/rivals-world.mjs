// Measures every rival in the world this runs in, as world.ts measures the engine.

import { measureRival } from './measure';
import { kRivals } from './rivals.mjs';

/** {rival: figures by row name}; a rival that fails says so in place of figures. */
export function measureRivals(workload) {
  return Object.fromEntries(
    kRivals.map((rival) => {
      try {
        return [rival.name, measureRival(rival, workload)];
      } catch (error) {
        return [rival.name, { failed: String(error) }];
      }
    }),
  );
}

if (typeof WorkerGlobalScope !== 'undefined') {
  self.onmessage = ({ data }) => self.postMessage({ value: measureRivals(data.workload) });
}
