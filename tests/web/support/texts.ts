/** The portal's English texts, bound without the build. */

import english from '../../../i18n/en/portal.json';
import { compileTexts } from '../../../web/src/i18n/compile';
import { makeTexts } from '../../../web/src/i18n/context';
import type { Texts } from '../../../web/src/i18n/context';
import { localeByTag } from '../../../web/src/i18n/locales';

export function englishTexts(): Texts {
  return makeTexts(localeByTag('en'), compileTexts(english), {});
}
