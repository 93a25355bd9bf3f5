/** Asks the browser, once, not to throw the drafts away when space runs short. */

let asked = false;

/** Called after the first save: only then is there something to keep, and browsers decide by use. */
export async function askToKeepStorage(): Promise<void> {
  if (asked || !('storage' in navigator) || !('persist' in navigator.storage)) return;
  asked = true;
  try {
    if (!(await navigator.storage.persisted())) await navigator.storage.persist();
  } catch {
    // A private window refuses; the help page shows what is true.
  }
}
