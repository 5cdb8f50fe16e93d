// What a file still lacks before it can be read, and which columns could be it. In: a file as recognised, the vocabulary.
// Out: the required roles without a column; candidates by what the values look like. A proposal, never a decision.
import type { ColumnInfo, FileInfo, RoleOption, Vocabulary } from '../../wasm/api';

/** One thing that a table must say: a role, or one of several (a customer: by id, e-mail or account). */
export interface Need {
  name: string;
  options: RoleOption[];
}

export function rolesOf(kind: string, vocabulary: Vocabulary | null): RoleOption[] {
  return vocabulary?.kinds.find((option) => option.kind === kind)?.roles ?? [];
}

/** Everything that a table of this kind must say, in the vocabulary's order. */
export function needsOf(kind: string, vocabulary: Vocabulary | null): Need[] {
  const needs: Need[] = [];
  for (const option of rolesOf(kind, vocabulary)) {
    const sameGroup = option.group === '' ? undefined : needs.find(({ name }) => name === option.group);
    if (sameGroup) sameGroup.options.push(option);
    else if (option.required || option.group !== '')
      needs.push({ name: option.group || option.role, options: [option] });
  }
  return needs;
}

export function columnFor(need: Need, info: FileInfo): number {
  return info.columns.findIndex(({ role }) => need.options.some((option) => option.role === role));
}

export function missingRoles(info: FileInfo, vocabulary: Vocabulary | null): Need[] {
  return needsOf(info.kind, vocabulary).filter((need) => columnFor(need, info) < 0);
}

const kDate =
  /^\s*(\d{4}-\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.? [a-z]{3,}|[a-z]{3,}\.? \d{1,2}|1\d{9}(\d{3})?\s*$)/i;
const isTime = (role: string) => role.endsWith('_at') || role === 'period_start';

/** The role that a column would have among those of a need, by its values first and then by its header. */
export function roleFor(column: ColumnInfo, need: Need): string {
  const has = (role: string) => need.options.some((option) => option.role === role);
  const header = column.header.toLowerCase();
  if (has('email') && column.samples.some((sample) => /\S@\S+\.\S/.test(sample))) return 'email';
  if (has('account_id') && /account|compan|org|client|konto|firma/.test(header)) return 'account_id';
  if (has('external_id') && header.includes('extern')) return 'external_id';
  const squeezed = header.replaceAll(/[\s_-]/g, '');
  const named = need.options.find(({ role }) =>
    squeezed.includes(role.replace(/_at$/, '').replaceAll('_', '')),
  );
  const first = need.options.find(({ role }) => role === 'customer_id') ?? named ?? need.options[0];
  return first?.role ?? '';
}

/** How well the values of a column fit a need: 0 = not at all. */
function fit(column: ColumnInfo, need: Need): number {
  const { samples } = column;
  if (samples.length === 0) return 0;
  const share = (test: (sample: string) => boolean) => samples.filter(test).length / samples.length;
  const dates = share((sample) => kDate.test(sample));
  if (need.options.every(({ role }) => isTime(role))) return dates;
  if (need.options.some(({ role }) => isTime(role)) && dates > 0) return dates;
  const proposed = need.options.some(({ role }) => role === column.proposed_role) ? 1 : 0;
  const emails = need.options.some(({ role }) => role === 'email')
    ? share((sample) => sample.includes('@'))
    : 0;
  const keys = share((sample) => /^\S{1,64}$/.test(sample) && /\d|@/.test(sample));
  return dates > 0 ? proposed : proposed + emails + 0.5 * keys;
}

/** Columns by how well they fit, those that do not fit left out. */
export function candidates(info: FileInfo, need: Need, most: number): number[] {
  return info.columns
    .map((column, index) => ({ index, fit: fit(column, need) }))
    .filter((one) => one.fit > 0)
    .sort((a, b) => b.fit - a.fit || a.index - b.index)
    .slice(0, most)
    .map(({ index }) => index);
}
