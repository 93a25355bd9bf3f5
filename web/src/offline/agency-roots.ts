/** Which root keys speak for the agency on this phone: the build's own, and those that certificates lead to. */

import { ProblemError } from '../engine/problem';
import type { Core, ExpectedIndex, PackageIndex } from '../engine/core';
import type { AgencyRoot, Surroundings } from '../engine/surroundings';

export interface AgencyRoots {
  /** The core, which verifies by each of these root keys, whatever key it is told. */
  readonly core: Core;
  /** The root keys, those that may publish first. */
  readonly known: () => readonly AgencyRoot[];
  /**
   * The index, by a root that may publish now, or, with `past`, that might when it was issued. From then on
   * that root and its index decide who else speaks for the agency.
   *
   * Problems: the core's codes.
   */
  readonly verifyIndex: (
    jws: string,
    certificates: readonly string[],
    expected: Omit<ExpectedIndex, 'rootKey'>,
    past: boolean,
  ) => Promise<PackageIndex>;
}

type Known = readonly AgencyRoot[];

/** What the core says when another root than the one it was told has signed. */
const kOtherRoot = new Set([
  'index_not_genuine',
  'receipt_certificate_wrong',
  'package_signature_wrong',
]);

function speaksAt(root: AgencyRoot, at: string): boolean {
  return root.not_before <= at && (root.not_after === '' || at <= root.not_after);
}

/** The first of `roots` under which `verify` succeeds with a date of its time; a package has none. */
function byRoots<T>(
  roots: Known,
  verify: (rootKey: string) => T,
  dateOf: (value: T) => string | null,
): { readonly value: T; readonly root: AgencyRoot } {
  let nearest: ProblemError | null = null;
  let untimely: T | null = null;
  for (const root of roots) {
    try {
      const value = verify(root.key);
      const date = dateOf(value);
      if (date === null || speaksAt(root, date)) return { value, root };
      untimely = value;
    } catch (cause) {
      if (!(cause instanceof ProblemError)) throw cause;
      if (nearest === null || kOtherRoot.has(nearest.code)) nearest = cause;
    }
  }
  if (untimely !== null) throw new ProblemError('certificate_not_genuine');
  throw nearest ?? new ProblemError('root_key_missing');
}

/** The log a signed document claims to be for; verifying it confirms that. */
function audienceOf(jws: string): string {
  try {
    const base64 = (jws.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    const { aud } = JSON.parse(atob(base64)) as { readonly aud?: unknown };
    return typeof aud === 'string' ? aud : '';
  } catch {
    return '';
  }
}

/** The core with the calls that take a root key made for every root of `known`. */
function coreOver(core: Core, known: () => Known): Core {
  return {
    ...core,
    verifyReceipt: (receipt, expected) =>
      byRoots(
        known(),
        (rootKey) => core.verifyReceipt(receipt, { ...expected, rootKey }),
        // The short one is by a key that the index names: no root has a part in it.
        ({ logged, received_at }) => (logged ? received_at : null),
      ).value,
    verifyPackage: (bytes, signature) =>
      byRoots(
        known(),
        (rootKey) => core.verifyPackage(bytes, signature, rootKey),
        () => null,
      ).value,
  };
}

export function openAgencyRoots(plain: Core, around: Surroundings): AgencyRoots {
  const own: AgencyRoot = {
    key: around.rootKey,
    standing: 'own',
    not_before: '',
    not_after: '',
  };
  let known: Known = [own];
  let current: string | null = null;
  let revoked: readonly string[] = [];

  /** Who speaks by these certificates; those known so far where that cannot be told. */
  const listed = async (
    certificates: readonly string[],
    aud: string,
    signer: string | null,
    without: readonly string[],
  ): Promise<Known> => {
    const all = [...new Set([...around.rootCertificates, ...certificates])];
    if (all.length === 0) return known;
    try {
      const module = await around.loadTrust();
      const answer = module.roots({
        own: [around.rootKey],
        ...(signer === null ? {} : { current: signer }),
        certificates: all,
        aud,
        revoked: without,
      });
      return answer.ok ? answer.value.roots : known;
    } catch {
      // The module is not on this phone: as before, until it is.
      return known;
    }
  };

  return {
    core: coreOver(plain, () => known),
    known: () => known,
    verifyIndex: async (jws, certificates, expected, past) => {
      const candidates = await listed(certificates, audienceOf(jws), current, revoked);
      const { value: index, root } = byRoots(
        candidates.filter(({ standing }) => past || standing !== 'former'),
        (rootKey) => plain.verifyIndex(jws, { ...expected, rootKey }),
        ({ issued }) => issued,
      );
      if (root.standing !== 'former') {
        current = root.key;
        revoked = index.revoked;
      }
      known = await listed(certificates, index.aud, current, revoked);
      return index;
    },
  };
}
