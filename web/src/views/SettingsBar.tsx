// What can be changed about the counting, beside the answer that it changes. A change is evaluated at once.
import { useEffect, useState } from 'preact/hooks';
import type { Report } from '../../../wasm/api';
import { changeSettings, goTo, readNumber, setTyping } from '../actions';
import * as format from '../format';
import { settings, state } from '../state';
import { words } from '../words';
import { Choice } from './Choice';
import { FilterChips } from './Filters';
import { Money, MoreSettings } from './MoreSettings';
import { ZoneSelect } from './ZoneSelect';

const kWindows = [1, 3, 7, 14, 28];
const kLongestWindow = 90;
const kLevels = [0.8, 0.9, 0.95, 0.99];

export function SettingsBar({ report }: { report: Report }) {
  const w = words.settings;
  const typed = report.files.length === 0;
  return (
    <form class="settings" aria-label={w.label} onSubmit={(event) => event.preventDefault()}>
      {typed ? (
        <>
          <LevelSelect />
          <details class="more">
            <summary>{w.money}</summary>
            <Money />
          </details>
          <button
            type="button"
            class="plain"
            onClick={() => {
              setTyping(true);
              goTo('files');
            }}
          >
            {w.typedAgain}
          </button>
        </>
      ) : (
        <FileSettings report={report} />
      )}
      <span class="working soft" aria-hidden="true">
        {state.value.evaluating ? words.announce.evaluating : ''}
      </span>
    </form>
  );
}

function Select<Name extends 'unit' | 'scope' | 'strata'>({
  name,
  label,
  options,
  hint,
}: {
  name: Name;
  label: string;
  options: Record<string, string>;
  hint?: string;
}) {
  return (
    <label class="field">
      <span>{label}</span>
      <select
        name={name}
        value={settings.value[name]}
        title={hint}
        onChange={(event) => changeSettings({ [name]: event.currentTarget.value })}
      >
        {Object.entries(options).map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

function LevelSelect() {
  return (
    <label class="field">
      <span>{words.settings.level}</span>
      <select
        name="level"
        value={String(settings.value.level)}
        onChange={(event) => changeSettings({ level: Number(event.currentTarget.value) })}
      >
        {kLevels.map((level) => (
          <option key={level} value={String(level)}>
            {format.roundPercent(level)}
          </option>
        ))}
      </select>
    </label>
  );
}

function FileSettings({ report }: { report: Report }) {
  const w = words.settings;
  const used = report.settings;
  const units =
    settings.value.unit === 'auto' ? { ...w.units, auto: w.unitAuto(w.unitUsed(used.unit)) } : w.units;
  return (
    <>
      <WindowChoice />
      <Select name="unit" label={w.unit} options={units} hint={w.unitWhy[used.unit_why] ?? ''} />
      <Select name="scope" label={w.scope} options={w.scopes} />
      <label class="field">
        <span>{w.zone}</span>
        <ZoneSelect
          id="settings-zone"
          value={settings.value.zone}
          onChange={(zone) => changeSettings({ zone })}
        />
      </label>
      <FilterChips />
      <MoreSettings
        report={report}
        how={
          <>
            <LevelSelect />
            <Select name="strata" label={w.strata} options={w.stratas} />
          </>
        }
      />
    </>
  );
}

function WindowChoice() {
  const w = words.settings;
  const days = settings.value.windowDays;
  const listed = kWindows.includes(days);
  const [chosen, setOther] = useState(false);
  const [text, setText] = useState('');
  const other = chosen || !listed;
  // An undo changes the window as well: the field follows.
  useEffect(
    () => setText((old) => (listed || readNumber(old) === days ? old : String(days))),
    [days, listed],
  );
  const typed = readNumber(text);
  const wrong = typed !== null && !(typed > 0 && typed <= kLongestWindow);
  const options: [string, string][] = [
    ...kWindows.map((window): [string, string] => [String(window), String(window)]),
    ['other', w.windowOther],
  ];
  return (
    <div class="window" title={w.windowHint}>
      <Choice
        label={w.window}
        value={other ? 'other' : String(days)}
        options={options}
        onChange={(value) => {
          setOther(value === 'other');
          if (value !== 'other') changeSettings({ windowDays: Number(value) });
        }}
      />
      {other && (
        <label class="field">
          <span>{w.windowTyped}</span>
          <input
            name="window"
            inputMode="decimal"
            autoComplete="off"
            value={text}
            aria-invalid={wrong || Number.isNaN(typed)}
            onInput={(event) => {
              const next = event.currentTarget.value;
              const number = readNumber(next);
              setText(next);
              if (number !== null && number > 0 && number <= kLongestWindow)
                changeSettings({ windowDays: number });
            }}
          />
        </label>
      )}
    </div>
  );
}
