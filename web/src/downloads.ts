// Files that the page makes, handed to the person: nothing is sent, the browser saves them.
export function save(name: string, data: Blob): void {
  const address = URL.createObjectURL(data);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export const saveText = (name: string, content: string, type: string): void =>
  save(name, new Blob([content], { type }));
