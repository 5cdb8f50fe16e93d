// Ranges and targets of one's own, set against the team's values like the published ones; and which of the published ones are
// shown. In: the settings. Out: changed settings. A range without a source is a target.
import { useState } from 'preact/hooks';
import type { Report } from '../../../wasm/api';
import { changeSettings, readNumber } from '../actions';
import { metricOf } from '../findings';
import * as format from '../format';
import { settings, type OwnRange } from '../state';
import { wordFor, words } from '../words';

/** The metrics for which a range has a meaning, strongest first. */
const kMetrics = ['M06', 'M03', 'M02', 'M01', 'M07', 'M12', 'M13', 'M15', 'M17', 'M19'];
/** The one that is compared by outreach type too. */
const kByType = 'M06';

const emptyRange: OwnRange = { label: '', metric: 'M06', low: '', high: '', source: '', outreachType: '' };

/** Lines such as "Our goal; 8; 12; board paper 2026", by semicolon, tab or comma. */
export function pastedRanges(text: string, metric: string, outreachType = ''): OwnRange[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const cut = line.includes('\t') ? '\t' : line.includes(';') ? ';' : ',';
    const [label = '', low = '', high = '', source = ''] = line.split(cut).map((cell) => cell.trim());
    const good = label !== '' && Number.isFinite(readNumber(low) ?? Number.NaN);
    return good ? [{ label, metric, low, high, source, outreachType }] : [];
  });
}

export function OwnRanges({ report }: { report: Report }) {
  const w = words.benchmarks.own;
  const { ownRanges } = settings.value;
  const [draft, setDraft] = useState(emptyRange);
  const [pasted, setPasted] = useState('');
  const low = readNumber(draft.low);
  const high = readNumber(draft.high);
  const complete = draft.label.trim() !== '' && low !== null && Number.isFinite(low) && !Number.isNaN(high);
  const list = pastedRanges(pasted, draft.metric, draft.outreachType);
  const add = (ranges: OwnRange[]) => changeSettings({ ownRanges: [...ownRanges, ...ranges] });
  const field = (name: 'label' | 'low' | 'high' | 'source') => (
    <label class="field">
      <span>{w.fields[name]}</span>
      <input
        name={`range-${name}`}
        autoComplete="off"
        inputMode={name === 'low' || name === 'high' ? 'decimal' : 'text'}
        value={draft[name]}
        onInput={(event) => setDraft({ ...draft, [name]: event.currentTarget.value })}
      />
    </label>
  );
  return (
    <details class="own-ranges">
      <summary>{w.title}</summary>
      <p class="hint">{w.hint}</p>
      {ownRanges.length > 0 && (
        <ul class="chips" aria-label={w.list}>
          {ownRanges.map((range, at) => (
            <li key={at}>
              <button
                type="button"
                class="chip"
                aria-label={w.remove(range.label)}
                onClick={() => changeSettings({ ownRanges: ownRanges.filter((_, index) => index !== at) })}
              >
                {range.label} <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <form
        class="more-fields"
        aria-label={w.title}
        onSubmit={(event) => {
          event.preventDefault();
          if (!complete) return;
          add([draft]);
          setDraft({ ...emptyRange, metric: draft.metric, outreachType: draft.outreachType });
        }}
      >
        {field('label')}
        <label class="field">
          <span>{w.fields.metric}</span>
          <select
            name="range-metric"
            value={draft.metric}
            onChange={(event) => setDraft({ ...draft, metric: event.currentTarget.value, outreachType: '' })}
          >
            {kMetrics.map((id) => (
              <option key={id} value={id}>
                {metricOf(report, id)?.name ?? id}
              </option>
            ))}
          </select>
        </label>
        {draft.metric === kByType && (
          <label class="field">
            <span>{w.fields.type}</span>
            <select
              name="range-type"
              value={draft.outreachType}
              onChange={(event) => setDraft({ ...draft, outreachType: event.currentTarget.value })}
            >
              {Object.entries(w.types).map(([code, name]) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        {field('low')}
        {field('high')}
        {field('source')}
        <button type="submit" class="plain" disabled={!complete}>
          {w.add}
        </button>
      </form>
      <div class="more-fields">
        <label class="field wide-field">
          <span>{w.paste}</span>
          <textarea
            name="range-paste"
            rows={3}
            placeholder={w.pasteHint}
            value={pasted}
            onInput={(event) => setPasted(event.currentTarget.value)}
          />
        </label>
        <button
          type="button"
          class="plain"
          disabled={list.length === 0}
          onClick={() => {
            add(list);
            setPasted('');
          }}
        >
          {w.addPasted(list.length)}
        </button>
      </div>
    </details>
  );
}

/** Which rows of each axis are shown: nothing is chosen for anybody (metrics.md A37). */
export function Profile({ report }: { report: Report }) {
  const w = words.benchmarks.profile;
  const { profile } = settings.value;
  const axes = [...new Set(report.benchmarks.map((row) => row.axis))].filter(
    (axis) => !axis.startsWith('own_'),
  );
  return (
    <details class="profile">
      <summary>{w.title}</summary>
      <p class="hint">{w.hint}</p>
      <div class="more-fields">
        {axes.map((axis) => (
          <label key={axis} class="field">
            <span>{format.sentenceCase(wordFor(words.axes, axis))}</span>
            <select
              name={`profile-${axis}`}
              value={profile[axis] ?? ''}
              onChange={(event) =>
                changeSettings({ profile: { ...profile, [axis]: event.currentTarget.value } }, false)
              }
            >
              <option value="">{w.all}</option>
              {report.benchmarks
                .filter((row) => row.axis === axis)
                .map((row) => (
                  <option key={row.id} value={row.id}>
                    {row.label}
                  </option>
                ))}
              <option value="none">{w.none}</option>
            </select>
          </label>
        ))}
      </div>
    </details>
  );
}
