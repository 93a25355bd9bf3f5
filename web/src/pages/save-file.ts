/** Gives a file to the person: by the share sheet on phones, as a download elsewhere. */

/**
 * Offers `blob` under `name`. Resolves with false when the person closed the share sheet.
 *
 * In-app browsers mostly drop downloads, so the share sheet comes first wherever it takes files.
 */
export async function saveFile(blob: Blob, name: string, signal: AbortSignal): Promise<boolean> {
  const file = new File([blob], name, { type: blob.type });
  if (matchMedia('(pointer: coarse)').matches && navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file] });
      return true;
    } catch (reason) {
      if (reason instanceof DOMException && reason.name === 'AbortError') return false;
      // Not allowed just now, or no app takes the file: download it instead.
    }
  }
  signal.throwIfAborted();
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download reads the address a moment later.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return true;
}
