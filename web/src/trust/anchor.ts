/** Where trust starts: the agency root key compiled into this build. */

/** The engine build as documents name it. */
export const kEngine = 'landfall/0.1.0';

/** The time zone the forms are evaluated in: the agency's, not the phone's. */
export const kTimeZone = 'Asia/Taipei';

/** The agency root key, base64url; empty in a development build made without one. */
export const kRootKey = __LANDFALL_ROOT_KEY__;

/** Certificates between that key and those before it, as `agency.certs` holds them. */
export const kRootCertificates = __LANDFALL_ROOT_CERTIFICATES__;
