/** Pictures for tests, drawn by the browser itself: none is stored. */
import { chromium } from 'playwright-core';
import type { FileToAttach } from './applicant';

export interface PictureOptions {
  readonly width: number;
  readonly height: number;
  readonly type?: 'image/jpeg' | 'image/png' | 'image/webp';
  /** Coarse noise makes a file as large as a camera's; without it a picture compresses to nothing. */
  readonly noise?: boolean;
  /** How much each pixel of the upper half differs from its neighbours, 0 to 255: leaves, hair, a sensor's noise. */
  readonly grain?: number;
  readonly quality?: number;
}

/** A picture with a face-like shape in the middle, so that orientation shows. */
export async function drawPicture(options: PictureOptions): Promise<Buffer> {
  const browser = await chromium.launch({
    executablePath: process.env['LANDFALL_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  try {
    const page = await browser.newPage();
    const base64 = await page.evaluate(
      async ({ width, height, type, noise, grain, quality }) => {
        const canvas = new OffscreenCanvas(width, height);
        const pen = canvas.getContext('2d');
        if (pen === null) throw new Error('no canvas');
        pen.fillStyle = '#ffffff';
        pen.fillRect(0, 0, width, height);
        if (noise === true) {
          for (let y = 0; y < height; y += 4) {
            for (let x = 0; x < width; x += 4) {
              pen.fillStyle = `hsl(${(x * 7 + y * 13 + ((x * y) % 97) * 11) % 360} 60% ${40 + ((x + y * 3) % 40)}%)`;
              pen.fillRect(x, y, 4, 4);
            }
          }
        }
        pen.fillStyle = '#b98';
        pen.beginPath();
        pen.ellipse(width / 2, height * 0.45, width * 0.2, height * 0.28, 0, 0, 7);
        pen.fill();
        pen.fillStyle = '#224';
        pen.fillRect(width * 0.25, height * 0.75, width * 0.5, height * 0.25);
        if (grain > 0) {
          const picture = pen.getImageData(0, 0, width, Math.floor(height / 2));
          let state = 1;
          for (let at = 0; at < picture.data.length; at += 1) {
            // Numbers from a linear congruence: the same picture each time.
            state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
            if (at % 4 !== 3)
              picture.data[at] = (picture.data[at] ?? 0) - ((state >>> 24) * grain) / 255;
          }
          pen.putImageData(picture, 0, 0);
        }
        const blob = await canvas.convertToBlob({ type, quality });
        const bytes = new Uint8Array(await blob.arrayBuffer());
        let text = '';
        for (let at = 0; at < bytes.length; at += 0x8000) {
          text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
        }
        return btoa(text);
      },
      { type: 'image/jpeg', noise: false, grain: 0, quality: 0.92, ...options },
    );
    return Buffer.from(base64, 'base64');
  } finally {
    await browser.close();
  }
}

/** A passport photo as a phone's camera makes it. */
export async function photo(name = 'photo.jpg'): Promise<FileToAttach> {
  return {
    name,
    mimeType: 'image/jpeg',
    buffer: await drawPicture({ width: 1050, height: 1350, noise: true }),
  };
}

/** A page of a document, larger than the form's limit until it is made smaller. */
export async function documentPage(name: string): Promise<FileToAttach> {
  return {
    name,
    mimeType: 'image/jpeg',
    buffer: await drawPicture({ width: 2400, height: 1700, noise: true }),
  };
}
