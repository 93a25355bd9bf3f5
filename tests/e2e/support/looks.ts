/** The languages, screens and colours in which pages are looked at. */
const kPhone = { width: 360, height: 640 };
const kDesk = { width: 1280, height: 800 };

export const kLooks = [
  { catalog: 'en', locale: 'en-GB', colorScheme: 'light', viewport: kPhone },
  { catalog: 'zh-Hant', locale: 'zh-TW', colorScheme: 'dark', viewport: kPhone },
  { catalog: 'th', locale: 'th-TH', colorScheme: 'light', viewport: kPhone },
  { catalog: 'zh-Hant', locale: 'zh-TW', colorScheme: 'light', viewport: kDesk },
  { catalog: 'th', locale: 'th-TH', colorScheme: 'dark', viewport: kDesk },
] as const;
