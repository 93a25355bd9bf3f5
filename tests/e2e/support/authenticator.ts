/** A phone's own lock as Chromium can pretend to have one: an authenticator that answers a passkey's questions. */
import type { CDPSession, Page } from 'playwright-core';

export interface Authenticator {
  /** Whether the person at the phone passes its lock from now on. */
  pass(passes: boolean): Promise<void>;
  /** How many passkeys it holds. */
  passkeys(): Promise<number>;
}

/** Gives this tab's browser an authenticator with the pseudo-random function; a closed tab takes it along. */
export async function addAuthenticator(page: Page): Promise<Authenticator> {
  const tab: CDPSession = await page.context().newCDPSession(page);
  await tab.send('WebAuthn.enable');
  const { authenticatorId } = await tab.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    pass: async (isUserVerified) => {
      await tab.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
    passkeys: async () => {
      const { credentials } = await tab.send('WebAuthn.getCredentials', { authenticatorId });
      return credentials.length;
    },
  };
}
