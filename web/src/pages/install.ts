/** Recognises where the portal runs: an app's built-in browser, an iPhone's Safari, the home screen. */

/** The event Chromium sends when the portal can be installed; not part of the DOM's own types. */
export interface InstallPrompt {
  prompt(): Promise<unknown>;
}

export type InAppBrowser = 'line' | 'facebook' | 'instagram' | 'wechat' | 'other';

/**
 * The app whose built-in browser this is, by its user agent; null in a browser of its own. Built-in browsers
 * keep their own storage, which the app may empty, and few of them can save a file.
 */
export function inAppBrowser(userAgent: string): InAppBrowser | null {
  if (/\bLine\//i.test(userAgent)) return 'line';
  if (/Instagram/i.test(userAgent)) return 'instagram';
  if (/\bFB(AN|AV|_IAB)\b|FB_IAB|FBAN|FBAV/i.test(userAgent)) return 'facebook';
  if (/MicroMessenger/i.test(userAgent)) return 'wechat';
  // Android's WebView marks itself; KakaoTalk, Zalo, TikTok and others use it.
  if (/; wv\)|KAKAOTALK|Zalo|BytedanceWebview|musical_ly|Snapchat|Twitter for/i.test(userAgent))
    return 'other';
  return null;
}

/** The address that makes LINE open the page in the phone's own browser. */
export function lineExternalAddress(address: string): string {
  const url = new URL(address);
  url.searchParams.set('openExternalBrowser', '1');
  return url.href;
}

/** True in a browser on an iPhone or iPad, where only the share menu puts the portal on the home screen. */
export function isAppleMobile(userAgent: string, touchPoints: number): boolean {
  return /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1);
}

/** True when the portal was opened from the home screen. */
export function isInstalled(): boolean {
  return (
    matchMedia('(display-mode: standalone)').matches ||
    ('standalone' in navigator && navigator.standalone === true)
  );
}
