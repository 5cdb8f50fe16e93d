// How a file's bytes were read, and its first rows as read so: encoding, separators, header. Changing one reads the file again
// at once. The encoding is asked when the file does not settle it.
import { useEffect, useState } from 'preact/hooks';
import type { FileInfo, MappingRequest } from '../../../wasm/api';
import { correct } from '../actions';
import * as format from '../format';
import { asksEncoding, foreignCells, type OpenFile } from '../state';
import { wordFor, words } from '../words';

const kPreviewColumns = 60;
const kMostSkipped = 1000;

function Select({
  label,
  value,
  names,
  onChange,
}: {
  label: string;
  value: string;
  names: Record<string, string>;
  onChange: (value: string) => void;
}) {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {!(value in names) && <option value={value}>{value}</option>}
        {Object.entries(names).map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

export function HowRead({ file, open }: { file: OpenFile; open: boolean }) {
  const w = words.howRead;
  const info = file.info!;
  // Opened for a question, it stays open when that is answered: nothing closes under the pointer.
  const [opened, setOpened] = useState(open);
  useEffect(() => {
    if (open) setOpened(true);
  }, [open]);
  if (info.encoding === '' || info.preview.length === 0) return null;
  const change = (patch: Partial<MappingRequest>) => void correct(file.key, patch);
  const header = w.headers[info.header_rows] ?? w.header;
  const encoding = wordFor(w.encodings, info.encoding);
  const delimiter = wordFor(w.delimiters, info.delimiter || 'none');
  const headerNames = Object.fromEntries(w.headers.map((name, rows) => [String(rows), name]));
  return (
    <details class="how-read" open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>{w.title(encoding, delimiter, header)}</summary>
      <div class="fields">
        <Select
          label={w.encoding}
          value={info.encoding}
          names={w.encodings}
          onChange={(value) => change({ encoding: value })}
        />
        <Select
          label={w.delimiter}
          value={info.delimiter || 'none'}
          names={w.delimiters}
          onChange={(value) => change({ delimiter: value })}
        />
        <Select
          label={w.quote}
          value={info.quote || 'none'}
          names={w.quotes}
          onChange={(value) => change({ quote: value })}
        />
        <label class="field">
          <span>{w.skip}</span>
          <input
            type="number"
            min={0}
            max={kMostSkipped}
            value={info.skip_lines}
            onChange={(event) => {
              const lines = event.currentTarget.valueAsNumber;
              if (lines >= 0 && lines <= kMostSkipped) change({ skip_lines: Math.floor(lines) });
            }}
          />
        </label>
        <Select
          label={w.header}
          value={String(info.header_rows)}
          names={headerNames}
          onChange={(value) => change({ header_rows: Number(value) })}
        />
      </div>
      <ul class="why">
        {[info.encoding_why, consistency(info), info.consistency < 1 ? info.dialect_why : '']
          .filter(Boolean)
          .map((text) => (
            <li key={text}>{text}</li>
          ))}
      </ul>
      <Preview file={file} />
    </details>
  );
}

function consistency(info: FileInfo): string {
  const w = words.howRead;
  if (info.consistency >= 1) return w.consistent(info.preview.length);
  return w.inconsistent(format.percent(Math.min(info.consistency, 0.999), info.preview.length));
}

function Preview({ file }: { file: OpenFile }) {
  const w = words.howRead;
  const info = file.info!;
  const width = Math.max(...info.preview.map((row) => row.length));
  const shown = Math.min(width, kPreviewColumns);
  const columns = Array.from({ length: shown }, (_, column) => column);
  const headers = info.preview.slice(0, info.header_rows);
  const rows = info.preview.slice(info.header_rows);
  return (
    <>
      <h3>{w.preview}</h3>
      <div class="preview" role="region" tabIndex={0} aria-label={w.previewOf(file.name)}>
        <table>
          <thead>
            {headers.map((row, index) => (
              <tr key={index}>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {row[column] ?? ''}
                  </th>
                ))}
              </tr>
            ))}
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {columns.map((column) => (
                  <td key={column}>{row[column] ?? ''}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {width > shown && <p class="hint">{w.moreColumns(width - shown)}</p>}
    </>
  );
}

/** Asked like the zone: the letters in question, what they are read as, and the others to choose from. */
export function EncodingQuestion({ file }: { file: OpenFile }) {
  const w = words.howRead;
  const info = file.info!;
  if (!asksEncoding(file)) return null;
  const others = Object.entries(w.encodings).filter(([name]) => name !== info.encoding);
  const answer = (encoding: string) => void correct(file.key, { encoding });
  return (
    <fieldset class="question">
      <legend>{w.question}</legend>
      <p class="choices quoted">{foreignCells(info).join(' · ')}</p>
      <div class="choices">
        <button type="button" class="plain" onClick={() => answer(info.encoding)}>
          {w.yes(wordFor(w.encodings, info.encoding))}
        </button>
        <select
          aria-label={w.other}
          value=""
          onChange={({ currentTarget: { value } }) => value !== '' && answer(value)}
        >
          <option value="">{w.other}</option>
          {others.map(([name, label]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <small class="hint">{info.encoding_why || w.questionWhy}</small>
    </fieldset>
  );
}
