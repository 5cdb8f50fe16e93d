// The first records of a CSV text that the calculator itself wrote: commas, doubled quotes. Other people's files are read by
// the core alone.
export function firstRecords(text: string, most: number): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  while (records.length < most && cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (!found) break;
    record.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}
