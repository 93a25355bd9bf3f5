/** The worker of the bench page: measures, and answers single changes for the round trip. */

import { landfall } from './landfall';
import type { Change, Modules, OpenedForm } from './landfall';
import type { Form, Workload } from './measure';
import { measureWorld } from './world';

type Request =
  | { readonly kind: 'measure'; readonly modules: Modules; readonly workload: Workload }
  | {
      readonly kind: 'open';
      readonly modules: Modules;
      readonly workload: Workload;
      readonly form: Form;
    }
  | { readonly kind: 'change'; readonly change: Change };

let opened: OpenedForm | null = null;

async function answer(request: Request): Promise<unknown> {
  if (request.kind === 'measure') return measureWorld(request.modules, request.workload);
  if (request.kind === 'change') return opened?.set(request.change);
  const participant = await landfall(request.modules);
  opened = participant.open(
    new TextEncoder().encode(request.form.package),
    request.workload.options,
  );
  for (const change of request.form.fill) opened.set(change);
  return null;
}

self.onmessage = (event: MessageEvent<Request>) => {
  answer(event.data).then(
    (value) => {
      self.postMessage({ value });
    },
    (error: unknown) => {
      self.postMessage({ error: String(error) });
    },
  );
};
