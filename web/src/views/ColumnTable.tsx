// The columns of a file: header, samples, and what each is read as. Those in use come first; the others open on demand.
import { useState } from 'preact/hooks';
import type { ColumnInfo, RoleOption } from '../../../wasm/api';
import { setRole } from '../actions';
import { vocabulary, type OpenFile } from '../state';
import { words } from '../words';

interface Row {
  column: ColumnInfo;
  index: number;
}

const roleGroups: [string, (option: RoleOption) => boolean][] = [
  [words.check.needed, ({ required }) => required],
  [words.check.neededGroup, ({ required, group }) => !required && group !== ''],
  [words.check.optional, ({ required, group }) => !required && group === ''],
];

export function ColumnTable({ file }: { file: OpenFile }) {
  const w = words.check;
  const info = file.info!;
  const [all, setAll] = useState(false);
  const roles = vocabulary.value?.kinds.find(({ kind }) => kind === info.kind)?.roles ?? [];
  const rows = info.columns.map((column, index) => ({ column, index }));
  const used = rows.filter(({ column }) => column.role !== '');
  const unused = rows.filter(({ column }) => column.role === '');
  if (rows.length === 0) return null;
  const shown = all || used.length === 0 ? [...used, ...unused] : used;
  return (
    <details class="columns" open={(info.state === 'needs_answer' && !file.guided) || undefined}>
      <summary>{w.columnsTitle(used.length, rows.length)}</summary>
      <table class="roles">
        <thead>
          <tr>
            <th scope="col">{w.column}</th>
            <th scope="col" class="wide">
              {w.samples}
            </th>
            <th scope="col">{w.role}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <ColumnRow key={row.index} file={file} row={row} roles={roles} />
          ))}
        </tbody>
      </table>
      {used.length > 0 && unused.length > 0 && (
        <button type="button" class="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? w.hideUnused : w.showUnused(unused.length)}
        </button>
      )}
    </details>
  );
}

function ColumnRow({ file, row, roles }: { file: OpenFile; row: Row; roles: RoleOption[] }) {
  const w = words.check;
  const { column, index } = row;
  const name = column.header || w.noHeader(index + 1);
  const samples = column.samples.map((sample) => <span key={sample}>{sample}</span>);
  const known = column.role === '' || roles.some(({ role }) => role === column.role);
  return (
    <tr>
      <th scope="row">
        {name}
        <small class="samples narrow">{samples}</small>
      </th>
      <td class="samples wide">{samples}</td>
      <td>
        <select
          aria-label={w.roleOf(name)}
          value={column.role}
          onChange={(event) => void setRole(file.key, index, event.currentTarget.value)}
        >
          <option value="">{w.notUsed}</option>
          {!known && <option value={column.role}>{column.role.replaceAll('_', ' ')}</option>}
          {roleGroups.map(([title, belongs]) => {
            const members = roles.filter(belongs);
            return (
              members.length > 0 && (
                <optgroup key={title} label={title}>
                  {members.map(({ role, label }) => (
                    <option key={role} value={role}>
                      {label}
                    </option>
                  ))}
                </optgroup>
              )
            );
          })}
        </select>
        {column.why && column.role === column.proposed_role && column.role !== '' && (
          <small class="hint">{column.why}</small>
        )}
      </td>
    </tr>
  );
}
