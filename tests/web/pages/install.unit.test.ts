import { describe, expect, it } from 'vitest';
import { inAppBrowser, isAppleMobile, lineExternalAddress } from '../../../web/src/pages/install';

const kIphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const kAndroid = 'Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko)';

describe('where the portal runs', () => {
  it.each([
    [`${kIphone} Mobile/15E148 Safari Line/14.9.0`, 'line'],
    [`${kAndroid} Version/4.0 Chrome/126.0 Mobile Safari/537.36 Line/14.9.1/IAB`, 'line'],
    [`${kIphone} Mobile/15E148 [FBAN/FBIOS;FBAV/470.0]`, 'facebook'],
    [
      `${kAndroid} Version/4.0 Chrome/126.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/470.0]`,
      'facebook',
    ],
    [`${kIphone} Mobile/15E148 Instagram 334.0`, 'instagram'],
    [`${kIphone} Mobile/15E148 MicroMessenger/8.0.49`, 'wechat'],
    [
      `Mozilla/5.0 (Linux; Android 14; SM-A155F; wv) AppleWebKit/537.36 Chrome/126.0 Mobile`,
      'other',
    ],
    [`${kIphone} Version/17.5 Mobile/15E148 Safari/604.1`, null],
    [`${kAndroid} Chrome/126.0 Mobile Safari/537.36`, null],
  ])('%s', (userAgent, app) => {
    expect(inAppBrowser(userAgent)).toBe(app);
  });

  it('LINE is asked to open the browser, and the page stays the same', () => {
    expect(lineExternalAddress('https://apply.example/#/new')).toBe(
      'https://apply.example/?openExternalBrowser=1#/new',
    );
  });

  it('an iPad that calls itself a Mac is known by its touch screen', () => {
    expect(isAppleMobile('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 5)).toBe(true);
    expect(isAppleMobile('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 0)).toBe(false);
  });
});
