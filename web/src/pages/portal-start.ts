/** Connects what all pages share to the engine's events and the browser's. */
import type { EngineEvent, LogAlarm, OutboxSummary } from '../engine/protocol';
import { problemOf } from '../forms/engine-port';
import type { Engine } from '../forms/engine-port';
import { createStore } from '../forms/store';
import type { AppUpdate } from '../sw/register';
import { lockWhenIdle } from './idle-lock';
import type { InstallPrompt } from './install';
import type { Boot, Portal } from './portal';
import { startRouter } from './router';

/** Listens until `signal` is aborted. The engine is asked to boot at once. */
export function connectPortal(
  engine: Engine,
  signal: AbortSignal,
  setLocale: (tag: string) => void,
): Portal {
  const portal: Portal = {
    engine,
    router: startRouter(signal),
    boot: createStore<Boot>({ kind: 'starting' }),
    outbox: createStore<readonly OutboxSummary[]>([]),
    logAlarms: createStore<readonly LogAlarm[]>([]),
    online: createStore(navigator.onLine),
    formsTurn: createStore(0),
    restart: createStore<{ reason: string; forGood: boolean } | null>(null),
    update: createStore<AppUpdate | null>(null),
    offlineReady: createStore(false),
    install: createStore<InstallPrompt | null>(null),
    setLocale,
    reboot: () => boot(portal, signal),
    focusTarget: null,
    lastPerson: null,
  };
  const unsubscribe = engine.subscribe((event) => hear(portal, event));
  signal.addEventListener('abort', unsubscribe);
  followNetwork(portal, signal);
  followInstallPrompt(portal, signal);
  portal.boot.subscribe(() => {
    followPerson(portal);
    void loadOutbox(portal, signal);
    void loadAlarms(portal, signal);
  });
  lockWhenIdle(portal, signal);
  void boot(portal, signal);
  return portal;
}

async function boot(portal: Portal, signal: AbortSignal): Promise<void> {
  try {
    portal.boot.set({ kind: 'ready', state: await portal.engine.boot(signal) });
  } catch (reason) {
    portal.boot.set({ kind: 'failed', reason: problemOf(reason).code });
  }
}

/** Another person does not stand on a page of the one before. */
function followPerson(portal: Portal): void {
  const boot = portal.boot.get();
  const me = boot.kind === 'ready' ? boot.state.me : undefined;
  if (me === undefined) return;
  const changed = portal.lastPerson !== null && portal.lastPerson !== me.person;
  portal.lastPerson = me.person;
  if (!changed) return;
  portal.outbox.set([]);
  // Restoring makes its person the open one, and tells there what it brought.
  if (portal.router.route.get().page === 'restore') return;
  portal.router.replace({ page: 'home' });
}

async function loadOutbox(portal: Portal, signal: AbortSignal): Promise<void> {
  const state = portal.boot.get();
  if (state.kind !== 'ready' || state.state.vault !== 'open') {
    // Locked means locked: not even how many there are stays in the page.
    portal.outbox.set([]);
    return;
  }
  try {
    portal.outbox.set(await portal.engine.listOutbox(signal));
  } catch {
    // The next event of the engine brings the list.
  }
}

async function loadAlarms(portal: Portal, signal: AbortSignal): Promise<void> {
  const state = portal.boot.get();
  if (state.kind !== 'ready' || state.state.vault !== 'open') {
    portal.logAlarms.set([]);
    return;
  }
  try {
    portal.logAlarms.set(await portal.engine.logAlarms(signal));
  } catch {
    // The next look at the log brings them.
  }
}

/** A page that was asked for by its address learns from the first index whether this is a test version. */
function followIndex(portal: Portal): void {
  const boot = portal.boot.get();
  if (boot.kind === 'ready' && boot.state.index === 'missing') void portal.reboot();
}

function hear(portal: Portal, event: EngineEvent): void {
  switch (event.event) {
    case 'outbox':
      portal.outbox.set(event.items);
      return;
    case 'forms':
      portal.formsTurn.set(portal.formsTurn.get() + 1);
      followIndex(portal);
      return;
    case 'vault':
      void portal.reboot();
      return;
    case 'log':
      portal.logAlarms.set(event.alarms);
      return;
    case 'restarted':
      portal.restart.set({ reason: event.reason, forGood: false });
      return;
    case 'stopped':
      portal.restart.set({ reason: event.reason, forGood: true });
      return;
    case 'saved':
    case 'save-failed':
    case 'handing-in':
    case 'vault-carried':
    case 'backup':
      // The page that they are about hears these; the last one the client keeps.
      return;
  }
}

function followNetwork(portal: Portal, signal: AbortSignal): void {
  const tell = (): void => {
    portal.online.set(navigator.onLine);
    portal.engine.network({ online: navigator.onLine }, signal).catch(() => {
      // Only a hint: the engine finds out by trying.
    });
  };
  window.addEventListener('online', tell, { signal });
  window.addEventListener('offline', tell, { signal });
  tell();
}

function followInstallPrompt(portal: Portal, signal: AbortSignal): void {
  window.addEventListener(
    'beforeinstallprompt',
    (event) => {
      // Shown where it is explained, not when the browser thinks of it.
      event.preventDefault();
      if ('prompt' in event) portal.install.set(event as Event & InstallPrompt);
    },
    { signal },
  );
  window.addEventListener('appinstalled', () => portal.install.set(null), { signal });
}
