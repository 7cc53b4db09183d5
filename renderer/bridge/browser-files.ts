/** Asks for a file in the browser's dialog; null if it is cancelled. */
export function chooseFile(): Promise<File | null> {
  const input = document.createElement('input');
  input.type = 'file';
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}

/** Saves a file that the server offers. @param payload `{ id, name }` as JSON */
export function saveDownload(payload: string, window: string): void {
  const { id, name } = JSON.parse(payload) as { id: string; name: string };
  const link = document.createElement('a');
  link.href = `/downloads/${encodeURIComponent(id)}?window=${encodeURIComponent(window)}`;
  link.download = name;
  link.click();
}
