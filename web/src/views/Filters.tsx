// Filters: only what states one of some values of an attribute, or all but that. In: the attributes that the data have. Out: a
// changed list; its values are asked of the core, without the other filters, when an attribute is chosen.
import { useEffect, useState } from 'preact/hooks';
import type { Filter, Report } from '../../../wasm/api';
import { changeSettings, valuesOf } from '../actions';
import * as format from '../format';
import { settings } from '../state';
import { wordFor, words } from '../words';

const kMostShown = 60;

const change = (filters: Filter[]) => changeSettings({ filters });

export function Filters({ report }: { report: Report }) {
  const w = words.settings.filter;
  const { filters } = settings.value;
  const free = report.breakdown.available.filter(
    (attribute) => !filters.some((filter) => filter.attribute === attribute),
  );
  return (
    <>
      {filters.map((filter, at) => (
        <FilterField
          key={filter.attribute}
          filter={filter}
          onChange={(next) => change(filters.map((one, index) => (index === at ? next : one)))}
          onRemove={() => change(filters.filter((_, index) => index !== at))}
        />
      ))}
      {free.length > 0 && (
        <label class="field">
          <span>{w.add}</span>
          <select
            name="filter"
            value=""
            onChange={(event) => {
              const attribute = event.currentTarget.value;
              event.currentTarget.value = '';
              if (attribute) change([...filters, { attribute, values: [], exclude: false }]);
            }}
          >
            <option value="">{w.choose}</option>
            {free.map((attribute) => (
              <option key={attribute} value={attribute}>
                {format.sentenceCase(wordFor(words.attributes, attribute))}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}

const nameOf = (value: string) => value.replaceAll('_', ' ') || words.breakdown.unnamed;

function FilterField({
  filter,
  onChange,
  onRemove,
}: {
  filter: Filter;
  onChange: (filter: Filter) => void;
  onRemove: () => void;
}) {
  const w = words.settings.filter;
  const { attribute, values, exclude } = filter;
  const name = format.sentenceCase(wordFor(words.attributes, attribute));
  const [known, setKnown] = useState<string[] | null>(null);
  useEffect(() => {
    let current = true;
    void valuesOf(attribute).then((list) => current && setKnown(list));
    return () => {
      current = false;
    };
  }, [attribute]);
  const toggle = (value: string) =>
    onChange({
      ...filter,
      values: values.includes(value) ? values.filter((one) => one !== value) : [...values, value],
    });
  return (
    <fieldset class="filter" data-filter={attribute}>
      <legend>{name}</legend>
      <div class="actions">
        <select
          aria-label={w.modeOf(name)}
          value={exclude ? 'exclude' : 'only'}
          onChange={(event) => onChange({ ...filter, exclude: event.currentTarget.value === 'exclude' })}
        >
          <option value="only">{w.only}</option>
          <option value="exclude">{w.exclude}</option>
        </select>
        <button type="button" class="quiet" aria-label={w.removeOf(name)} onClick={onRemove}>
          {w.remove}
        </button>
      </div>
      {known === null ? (
        <p class="hint">{w.looking}</p>
      ) : (
        <div class="values">
          {known.slice(0, kMostShown).map((value) => (
            <label key={value}>
              <input type="checkbox" checked={values.includes(value)} onChange={() => toggle(value)} />
              <span>{nameOf(value)}</span>
            </label>
          ))}
          {known.length > kMostShown && <p class="hint">{w.more(known.length - kMostShown)}</p>}
        </div>
      )}
    </fieldset>
  );
}

/** What is filtered by, beside the answer: each can be taken out. */
export function FilterChips() {
  const { filters, from, to } = settings.value;
  const w = words.settings.filter;
  const active = filters.filter(({ values }) => values.length > 0);
  if (active.length === 0 && !from && !to) return null;
  const chips: [string, () => void][] = active.map((filter) => [
    (filter.exclude ? w.chipNot : w.chip)(
      wordFor(words.attributes, filter.attribute),
      format.list(filter.values.map(nameOf)),
    ),
    () => change(filters.filter((one) => one !== filter)),
  ]);
  if (from || to) {
    chips.push([
      w.days(from && format.date(from), to && format.date(to)),
      () => changeSettings({ from: '', to: '' }),
    ]);
  }
  return (
    <ul class="chips" aria-label={w.active}>
      {chips.map(([text, remove]) => (
        <li key={text}>
          <button type="button" class="chip" aria-label={w.removeOf(text)} onClick={remove}>
            {text} <span aria-hidden="true">×</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
