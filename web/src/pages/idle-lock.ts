/** Locks the vault by itself when nobody has touched any tab of the portal for as long as the person chose. */
import type { Portal } from './portal';

const kTouches = ['pointerdown', 'keydown', 'input', 'scroll'] as const;
/** The other tabs hear of a touch at most that often. */
const kTellEveryMs = 5_000;
const kChannel = 'landfall-touched';

/** Follows touches until `signal` is aborted. */
export function lockWhenIdle(portal: Portal, signal: AbortSignal): void {
  let touched = Date.now();
  let told = 0;
  let locking = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const channel = new BroadcastChannel(kChannel);
  const afterMs = (): number => {
    const boot = portal.boot.get();
    return boot.kind === 'ready' ? (boot.state.me?.lock_after_ms ?? 0) : 0;
  };
  const look = (): void => {
    clearTimeout(timer);
    const after = afterMs();
    if (after === 0) return;
    const left = touched + after - Date.now();
    // A phone that slept, or whose clock was set back, is looked at when it wakes.
    if (left > 0 && left <= after) timer = setTimeout(look, left);
    else void lockNow();
  };
  const lockNow = async (): Promise<void> => {
    if (locking) return;
    locking = true;
    // What cannot be saved keeps the vault open for as long again: nothing typed is lost.
    if (!(await lock(portal, signal))) touched = Date.now();
    locking = false;
    look();
  };
  const touch = (): void => {
    const now = Date.now();
    // Too late: what woke the phone is no sign of its owner.
    if (afterMs() > 0 && now - touched >= afterMs()) {
      look();
      return;
    }
    touched = now;
    if (now - told < kTellEveryMs) return;
    told = now;
    channel.postMessage(null);
    look();
  };
  channel.onmessage = () => {
    touched = Date.now();
  };
  for (const name of kTouches) {
    window.addEventListener(name, touch, { signal, passive: true, capture: true });
  }
  document.addEventListener('visibilitychange', look, { signal });
  let open = false;
  portal.boot.subscribe(() => {
    const boot = portal.boot.get();
    const isOpen = boot.kind === 'ready' && boot.state.me !== undefined;
    if (isOpen && !open) touched = Date.now();
    open = isOpen;
    look();
  });
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    channel.close();
  });
}

/** Whether it worked. */
async function lock(portal: Portal, signal: AbortSignal): Promise<boolean> {
  try {
    // What was typed last is sealed before the keys are put away.
    await portal.engine.flush(signal);
    portal.boot.set({ kind: 'ready', state: await portal.engine.lockVault(signal) });
    return true;
  } catch {
    return false;
  }
}
