/** Passkeys with a pseudo-random function (WebAuthn PRF): what the phone's own lock gives out opens the vault. */
import type { PasskeyFacts } from '../engine/protocol';

/** What `changeUnlocking` takes for a passkey. */
export type MadePasskey = PasskeyFacts & { readonly prf: Uint8Array<ArrayBuffer> };

const kSecretBytes = 32;

function failure(code: string): Error & { readonly code: string } {
  return Object.assign(new Error(code), { code });
}

function random(count: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(count));
}

/** Whether this browser has passkeys at all; whether they can do what is needed shows when one is made. */
export async function mayUsePasskeys(): Promise<boolean> {
  if (typeof PublicKeyCredential === 'undefined') return false;
  try {
    return await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
  } catch {
    return false;
  }
}

function secretOf(credential: PublicKeyCredential): Uint8Array<ArrayBuffer> | null {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (first === undefined) return null;
  const bytes = ArrayBuffer.isView(first)
    ? new Uint8Array(first.buffer, first.byteOffset, first.byteLength)
    : new Uint8Array(first);
  return bytes.length === kSecretBytes ? Uint8Array.from(bytes) : null;
}

/**
 * Asks the passkey about its salt.
 *
 * @throws an error with the code `cancelled` when the person or the phone said no, `passkey_unusable` when
 * the answer is none
 */
export async function askPasskey(facts: PasskeyFacts): Promise<Uint8Array<ArrayBuffer>> {
  const found = await asked(
    navigator.credentials.get({
      publicKey: {
        // Nobody checks the signature: the secret that comes with it is what counts.
        challenge: random(kSecretBytes),
        allowCredentials: [{ type: 'public-key', id: facts.credential_id }],
        userVerification: 'required',
        extensions: { prf: { eval: { first: facts.salt } } },
      },
    }),
  );
  const secret = secretOf(found);
  if (secret === null) throw failure('passkey_unusable');
  return secret;
}

/**
 * Makes a passkey of this phone and asks it once.
 *
 * @param name what the phone's list of passkeys calls it
 * @throws as {@link askPasskey}
 */
export async function makePasskey(name: string): Promise<MadePasskey> {
  const salt = random(kSecretBytes);
  const made = await asked(
    navigator.credentials.create({
      publicKey: {
        rp: { name },
        user: { id: random(16), name, displayName: name },
        challenge: random(kSecretBytes),
        pubKeyCredParams: [-8, -7, -257].map((alg) => ({ type: 'public-key', alg })),
        authenticatorSelection: {
          authenticatorAttachment: 'platform',
          residentKey: 'preferred',
          userVerification: 'required',
        },
        attestation: 'none',
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  );
  const credential_id = new Uint8Array(made.rawId);
  if (made.getClientExtensionResults().prf?.enabled !== true) throw failure('passkey_unusable');
  // Some authenticators answer only when they are asked, not when the passkey is made.
  const prf = secretOf(made) ?? (await askPasskey({ credential_id, salt }));
  return { credential_id, salt, prf };
}

async function asked(answer: Promise<Credential | null>): Promise<PublicKeyCredential> {
  let credential: Credential | null;
  try {
    credential = await answer;
  } catch (reason) {
    const said = reason instanceof DOMException ? reason.name : '';
    throw failure(
      said === 'NotAllowedError' || said === 'AbortError' ? 'cancelled' : 'passkey_unusable',
    );
  }
  if (!(credential instanceof PublicKeyCredential)) throw failure('passkey_unusable');
  return credential;
}
