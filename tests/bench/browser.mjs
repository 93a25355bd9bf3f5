// Debian's Chromium for measurements: a cross-origin isolated page, where the clock is finest.

import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';

const kBrowser = '/usr/bin/chromium';
const kTimeoutMs = 600_000;

const kIsolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const kPage = { type: 'text/html', body: '<!doctype html><title>bench</title>' };

async function serve(files) {
  const server = createServer((request, response) => {
    const found = files[request.url];
    response.writeHead(found === undefined ? 404 : 200, {
      'Content-Type': found?.type ?? 'text/plain',
      ...kIsolation,
    });
    response.end(found?.body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, origin: `http://127.0.0.1:${server.address().port}` };
}

/**
 * What `inPage(argument)` answers on a page that may fetch `files` ({path: {type, body}}), or null
 * where Chromium is not installed.
 */
export async function inChromium(files, inPage, argument) {
  if (!existsSync(kBrowser)) return null;
  const { server, origin } = await serve({ '/': kPage, ...files });
  const browser = await chromium.launch({
    executablePath: kBrowser,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'],
  });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(kTimeoutMs);
    await page.goto(origin);
    return await page.evaluate(inPage, argument);
  } finally {
    await browser.close();
    server.close();
  }
}
