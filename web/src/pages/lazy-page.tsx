/** A page whose code comes when it is first asked for. */
import { Trouble, Waiting } from './trouble';
import type { Lazy } from './use-lazy';

export function LazyPage<P extends object>({
  lazy,
  props,
}: {
  readonly lazy: Lazy<P>;
  readonly props: P;
}) {
  if (lazy.kind === 'waiting') return <Waiting />;
  if (lazy.kind === 'failed') return <Trouble reason="page_unavailable" />;
  return <lazy.Component {...props} />;
}
