/** The whole measurement of one world: called by Node, and by the worker of the bench page. */

import { landfall } from './landfall';
import type { Modules } from './landfall';
import { measureFirst, measureMemory, measureParticipant, quantile } from './measure';
import type { Figures, Workload } from './measure';

export { landfall } from './landfall';

const kRepetitions = 3;

/** The median of three runs for each figure, because machines have other things to do. */
export async function measureWorld(modules: Modules, workload: Workload): Promise<Figures> {
  const participant = await landfall(modules);
  const first = measureFirst(participant, workload);
  const runs = Array.from({ length: kRepetitions }, () =>
    measureParticipant(participant, workload),
  );
  const figures = Object.keys(runs[0] ?? {}).map((name) => [
    name,
    quantile(
      runs.map((run) => run[name] ?? Number.NaN),
      0.5,
    ),
  ]);
  return {
    ...(Object.fromEntries(figures) as Figures),
    ...first,
    // In an instance of its own, whose memory holds nothing else.
    ...measureMemory(await landfall(modules), workload),
  };
}
