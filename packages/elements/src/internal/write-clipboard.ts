/** Puts a text on the clipboard; whether that was allowed. */
export async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No clipboard here: an insecure page, a refused permission, or a document without focus. The caller says so.
    return false;
  }
}
