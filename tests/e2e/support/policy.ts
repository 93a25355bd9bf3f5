/** Listens for what the Content-Security-Policy forbade, in the page and in its workers. */
import type { Page, Worker } from 'playwright-core';

export interface PolicyWatch {
  /** What was forbidden so far, as the browser worded it. */
  violations(): readonly string[];
}

const kReported = 'forbidden by the policy: ';

function reportToConsole(prefix: string): void {
  addEventListener('securitypolicyviolation', (event) => {
    console.error(`${prefix}${event.violatedDirective} ${event.blockedURI}`);
  });
}

/** Begins to listen; call it before the page is loaded. */
export async function watchPolicy(page: Page): Promise<PolicyWatch> {
  const seen: string[] = [];
  page.on('console', (message) => {
    const text = message.text();
    if (text.startsWith(kReported) || /Content Security Policy/i.test(text)) seen.push(text);
  });
  const watchWorker = (worker: Worker): void => {
    // A worker that is gone already did its work; what it was refused stands in the console.
    worker.evaluate(reportToConsole, kReported).catch(() => undefined);
  };
  page.on('worker', watchWorker);
  await page.addInitScript(reportToConsole, kReported);
  return { violations: () => seen };
}
