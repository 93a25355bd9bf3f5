/** Ids of inputs: numbers only, so that neither the page nor the browser's form filler learns what they mean. */
import { withoutPositions } from './form-index';
import type { FormIndex } from './form-index';

const orders = new WeakMap<FormIndex, ReadonlyMap<string, number>>();

/** "q12" for the twelfth node; inside repeats the positions follow: "q12-2". */
export function fieldId(form: FormIndex, path: string): string {
  let order = orders.get(form);
  if (!order) {
    order = new Map(form.description.nodes.map((node, index) => [node.path, index]));
    orders.set(form, order);
  }
  const positions = [...path.matchAll(/\[(\d+)\]/g)].map((match) => `-${match[1] ?? ''}`).join('');
  return `q${order.get(withoutPositions(path)) ?? 0}${positions}`;
}
