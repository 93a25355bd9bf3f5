// npm's jose, a JWS implementation that is not ours, from the portal's packages.

import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const fromPortal = createRequire(new URL('../../../../web/package.json', import.meta.url));
const jose = await import(pathToFileURL(fromPortal.resolve('jose')).href);

export const { CompactSign, calculateJwkThumbprint, compactVerify, importJWK } = jose;
