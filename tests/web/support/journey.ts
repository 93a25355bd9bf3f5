/** The steps of an application that most tests begin with. */

import type { Keys } from '../../../web/src/engine/core';
import type { Answer, OpenedDraft } from '../../../web/src/engine/protocol';
import { testPackage, testPdf } from './form';
import { freshCore, newPhone } from './phone';
import type { Phone, Tab } from './phone';
import { startServer } from './server';

/** The case office's keys: derived like an applicant's, which makes them usable from the core. */
export async function caseOffice(): Promise<Keys> {
  return (await freshCore()).deriveKeys(new Uint8Array(32).fill(3));
}

/** A phone that never saw the portal, in front of a server that offers the test form. */
export async function freshPhone(): Promise<Phone> {
  const server = startServer([testPackage()]);
  server.caseOffice = [(await caseOffice()).age_recipient];
  return newPhone(server);
}

/** Makes the vault, fetches the forms, starts a draft. */
export async function beginDraft(tab: Tab): Promise<string> {
  const { vault } = await tab.engine.boot();
  if (vault === 'none') await tab.engine.createVault();
  await tab.engine.listForms({ locale: 'en' });
  const opened = await tab.engine.startDraft({
    form_id: 'test-form',
    locale: 'en',
  });
  return opened.draft_id;
}

/** Fills what the form asks for, and attaches a file when `fileBytes` is given. */
export async function fillDraft(tab: Tab, draft_id: string, fileBytes = 0): Promise<void> {
  await tab.engine.setAnswer({
    draft_id,
    path: 'person/name',
    value: 'Tan Mei-Ling',
  });
  if (fileBytes === 0) return;
  const file = testPdf(fileBytes);
  const outcome = await tab.engine.attach({
    draft_id,
    path: 'documents/paper',
    file,
    file_name: 'paper.pdf',
  });
  if (outcome.findings.length > 0) throw new Error(outcome.findings.map((f) => f.code).join(' '));
}

export function answerOf(draft: Pick<OpenedDraft, 'nodes'>, path: string): Answer {
  const node = draft.nodes.find((candidate) => candidate.path === path);
  if (node === undefined) throw new Error(`no node ${path}`);
  return node.value;
}
