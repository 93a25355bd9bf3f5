/** Web Locks for Node, which has none before version 24: queues by name, shared and exclusive. */

interface Waiting {
  readonly mode: LockMode;
  readonly begin: () => void;
}

interface Queue {
  holders: number;
  mode: LockMode;
  readonly waiting: Waiting[];
}

function fits(queue: Queue, mode: LockMode): boolean {
  return queue.holders === 0 || (queue.mode === 'shared' && mode === 'shared');
}

/** Locks of one browser; each tab gets its own view by {@link tabLocks}. */
export interface Browser {
  readonly queues: Map<string, Queue>;
}

export function newBrowser(): Browser {
  return { queues: new Map() };
}

function advance(queue: Queue): void {
  for (let next = queue.waiting[0]; next !== undefined; next = queue.waiting[0]) {
    if (!fits(queue, next.mode)) return;
    queue.waiting.shift();
    queue.mode = next.mode;
    queue.holders += 1;
    next.begin();
  }
}

export interface TabLocks {
  readonly locks: LockManager;
  /** What the browser does when a tab goes: its locks are free, its waiting requests gone. */
  readonly release: () => void;
}

/** @returns the locks as one tab sees them */
export function tabLocks(browser: Browser): TabLocks {
  const releases = new Set<() => void>();
  let gone = false;

  const request = async (
    name: string,
    second: LockOptions | LockGrantedCallback<unknown>,
    third?: LockGrantedCallback<unknown>,
  ): Promise<unknown> => {
    const options = typeof second === 'function' ? {} : second;
    const work = typeof second === 'function' ? second : third;
    if (work === undefined) throw new TypeError('no callback');
    const mode = options.mode ?? 'exclusive';
    const queue = browser.queues.get(name) ?? { holders: 0, mode, waiting: [] };
    browser.queues.set(name, queue);
    if (options.ifAvailable === true && (!fits(queue, mode) || queue.waiting.length > 0)) {
      return work(null);
    }
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = { mode, begin: resolve };
      queue.waiting.push(waiting);
      const leave = (): void => {
        const at = queue.waiting.indexOf(waiting);
        if (at >= 0) queue.waiting.splice(at, 1);
      };
      releases.add(leave);
      options.signal?.addEventListener('abort', () => {
        leave();
        reject(new DOMException('gave up', 'AbortError'));
      });
      advance(queue);
    });
    let held = true;
    const release = (): void => {
      if (!held) return;
      held = false;
      queue.holders -= 1;
      advance(queue);
    };
    releases.add(release);
    if (gone) release();
    try {
      return await work({ name, mode });
    } finally {
      release();
      releases.delete(release);
    }
  };

  return {
    locks: {
      request,
      query: () => Promise.resolve({ held: [], pending: [] }),
    },
    release: () => {
      gone = true;
      for (const release of [...releases]) release();
    },
  };
}
