// Sealing and opening take the same memory whatever the size: no timing, only what the kernel counts.

import { peakMemory } from '../../../support/peak-memory.mjs';
import { equal, expect, kProgram, scenario, succeed } from './harness.mjs';

const kMegabytes = 64;
/** What is promised for 500 MB; a copy of what flows through here would be four times as much. */
const kMostGrownBytes = 16 << 20;

for (const armor of [[], ['-a']]) {
  scenario(
    `${kMegabytes} MB ${armor.length > 0 ? 'of armor ' : ''}are sealed and opened in 16 MB above the start`,
    async (folder) => {
      succeed(['keygen', 'sealing', '-o', folder.file('me.json')]);
      const { public: recipient } = JSON.parse(folder.read('me.json'));

      const peak = await peakMemory({
        seal: [kProgram, 'seal', ...armor, '-r', recipient],
        open: [kProgram, 'open', '-i', folder.file('me.identity')],
        megabytes: kMegabytes,
      });

      equal(peak.bytes, kMegabytes << 20, 'bytes opened');
      expect(peak.same, 'the bytes that were sealed', peak);
      expect(peak.seal <= kMostGrownBytes, 'sealing within 16 MB', peak);
      expect(peak.open <= kMostGrownBytes, 'opening within 16 MB', peak);
    },
  );
}
