/** Keeps a picture of a page where LANDFALL_SCREENSHOTS names a folder; for people, not for comparison. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';

export async function snapshot(page: Page, name: string): Promise<void> {
  const folder = process.env['LANDFALL_SCREENSHOTS'];
  if (folder === undefined || folder === '') return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}
