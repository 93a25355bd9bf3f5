/** Where trust starts: the agency root key and log origin compiled into this build. */

import type { Trust } from '../engine/core';

/** The engine build as documents name it. */
export const kEngine = 'landfall/0.1.0';

/** The time zone the forms are evaluated in: the agency's, not the phone's. */
export const kTimeZone = 'Asia/Taipei';

/** The trust anchor of this build; `root_key` is empty in a development build made without one. */
export function compiledTrust(): Trust {
  return { root_key: __LANDFALL_ROOT_KEY__, aud: __LANDFALL_AUD__ };
}
