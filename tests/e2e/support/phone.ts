/** A phone: Debian's Chromium with a profile that survives being closed or killed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { BrowserContext, Page } from 'playwright-core';
import { killBrowser } from './browser-processes';

const kArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface PhoneOptions {
  readonly locale?: string;
  readonly timezoneId?: string;
  readonly userAgent?: string;
  readonly colorScheme?: 'light' | 'dark';
  /** It has a camera, of the browser's own making, and the person lets pages use it. */
  readonly camera?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
}

export interface Phone {
  readonly profileDir: string;
  /** The open tab; throws while the browser is closed. */
  page(): Page;
  context(): BrowserContext;
  isOpen(): boolean;
  /** Starts the browser on its profile. */
  open(): Promise<Page>;
  close(): Promise<void>;
  /** Ends the tab's process at once, workers and all, and opens another tab. */
  crashTab(): Promise<Page>;
  /** Ends every process of the browser at once, as an empty battery would; says how many there were. */
  kill(): Promise<number>;
  offline(off: boolean): Promise<void>;
  /** Closes the browser and deletes the profile. */
  remove(): Promise<void>;
}

const kCamera = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** A phone of 360 × 640 with a fresh profile; `offline` outlives closing and opening again. */
export async function newPhone(options: PhoneOptions = {}): Promise<Phone> {
  const profileDir = await mkdtemp(path.join(tmpdir(), 'landfall-phone-'));
  let context: BrowserContext | null = null;
  let off = false;

  const opened = (): BrowserContext => {
    if (context === null) throw new Error('the browser is closed');
    return context;
  };

  const phone: Phone = {
    profileDir,
    page() {
      const page = opened().pages().at(-1);
      if (page === undefined) throw new Error('no tab is open');
      return page;
    },
    context: opened,
    isOpen: () => context !== null && context.pages().length > 0,
    async open() {
      context = await chromium.launchPersistentContext(profileDir, {
        executablePath: process.env['LANDFALL_CHROMIUM'] ?? '/usr/bin/chromium',
        args: [...kArguments, ...(options.camera === true ? kCamera : [])],
        locale: options.locale ?? 'en-GB',
        timezoneId: options.timezoneId ?? 'Asia/Hong_Kong',
        colorScheme: options.colorScheme ?? 'light',
        viewport: options.viewport ?? { width: 360, height: 640 },
        offline: off,
        acceptDownloads: true,
        ...(options.userAgent === undefined ? {} : { userAgent: options.userAgent }),
      });
      return context.pages()[0] ?? (await context.newPage());
    },
    async close() {
      await context?.close();
      context = null;
    },
    async crashTab() {
      const page = phone.page();
      const tab = await opened().newCDPSession(page);
      const gone = page.waitForEvent('crash');
      // Nobody is left to answer.
      tab.send('Page.crash').catch(() => undefined);
      await gone;
      const next = await opened().newPage();
      await page.close();
      return next;
    },
    async kill() {
      const ended = await killBrowser(profileDir);
      await context?.close().catch(() => undefined);
      context = null;
      return ended;
    },
    async offline(next) {
      off = next;
      await context?.setOffline(next);
    },
    async remove() {
      await phone.close();
      await rm(profileDir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  return phone;
}
