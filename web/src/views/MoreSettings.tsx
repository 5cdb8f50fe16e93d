// Everything else that can be said about the counting: which part of the data, the experiment, money. In: the settings. Out:
// changes of them, evaluated at once. Nothing is assumed: an empty field is a thing not said.
import type { ComponentChildren } from 'preact';
import type { Report } from '../../../wasm/api';
import { changeSettings, readNumber } from '../actions';
import * as format from '../format';
import { settings, vocabulary, type Settings } from '../state';
import { words } from '../words';
import { Filters } from './Filters';

type TypedField =
  | 'holdoutPercent'
  | 'plannedUnits'
  | 'snapshots'
  | 'costPerContact'
  | 'costPerOutreach'
  | 'minutesPerContact'
  | 'atRiskBelow'
  | 'lookbackDays'
  | 'repeatDays';

function Group({ title, hint, children }: { title: string; hint?: string; children: ComponentChildren }) {
  return (
    <fieldset class="group-of-fields">
      <legend>{title}</legend>
      {hint && <p class="hint">{hint}</p>}
      <div class="more-fields">{children}</div>
    </fieldset>
  );
}

function NumberField({
  name,
  least = 0,
  most = Infinity,
}: {
  name: TypedField;
  least?: number;
  most?: number;
}) {
  const w = words.settings.fields[name];
  const value = settings.value[name];
  const number = readNumber(value);
  const wrong = number !== null && !(number >= least && number <= most);
  return (
    <label class="field">
      <span>{w.label}</span>
      <input
        name={name}
        inputMode="decimal"
        autoComplete="off"
        value={value}
        aria-invalid={wrong}
        placeholder={w.hint}
        onInput={(event) => changeSettings({ [name]: event.currentTarget.value })}
      />
    </label>
  );
}

function DayField({ name }: { name: 'from' | 'to' }) {
  return (
    <label class="field">
      <span>{words.settings[name]}</span>
      <input
        type="date"
        name={name}
        value={settings.value[name]}
        onChange={(event) => changeSettings({ [name]: event.currentTarget.value })}
      />
    </label>
  );
}

export function MoreSettings({ report, how }: { report: Report; how: ComponentChildren }) {
  const w = words.settings;
  return (
    <details class="more">
      <summary>{w.more}</summary>
      <Group title={w.which}>
        <DayField name="from" />
        <DayField name="to" />
        <Filters report={report} />
      </Group>
      <Group title={w.how}>
        {how}
        <NumberField name="lookbackDays" least={1} most={90} />
        <NumberField name="repeatDays" least={1} most={90} />
        <NumberField name="atRiskBelow" least={-Infinity} />
      </Group>
      <Group title={w.experiment} hint={w.experimentHint}>
        <NumberField name="holdoutPercent" least={0.1} most={99.9} />
        <NumberField name="plannedUnits" least={1} />
        <NumberField name="snapshots" least={1} />
      </Group>
      <Money />
    </details>
  );
}

const kCurrencies = ['EUR', 'USD', 'GBP', 'CHF', 'SEK', 'PLN', 'INR', 'BRL', 'AUD', 'CAD', 'JPY'];

/** Money is asked for, never assumed; a published figure brings its source along. */
export function Money() {
  const w = words.settings;
  const costs = vocabulary.value?.costs ?? [];
  const { currency, costSource } = settings.value;
  const change = (patch: Partial<Settings>) => changeSettings(patch);
  return (
    <Group title={w.money} hint={w.moneyHint}>
      <label class="field">
        <span>{w.currency}</span>
        <select
          name="currency"
          value={currency}
          onChange={(event) => change({ currency: event.currentTarget.value })}
        >
          {kCurrencies.map((code) => (
            <option key={code} value={code}>
              {code}
            </option>
          ))}
        </select>
      </label>
      <NumberField name="costPerContact" />
      {costs.length > 0 && (
        <label class="field">
          <span>{w.preset}</span>
          <select
            name="preset"
            value=""
            onChange={(event) => {
              const cost = costs.find(({ id }) => id === event.currentTarget.value);
              event.currentTarget.value = '';
              if (!cost) return;
              change({
                costPerContact: String(cost.cost),
                currency: 'USD',
                costSource: w.presetSource(cost.what, cost.source, cost.grade),
              });
            }}
          >
            <option value="">{w.presetNone}</option>
            {costs.map((cost) => (
              <option key={cost.id} value={cost.id}>
                {w.presetOption(format.money(cost.cost, 'USD'), cost.what, cost.source)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label class="field wide-field">
        <span>{w.costSource}</span>
        <input
          name="costSource"
          autoComplete="off"
          value={costSource}
          placeholder={w.costSourceHint}
          onInput={(event) => change({ costSource: event.currentTarget.value })}
        />
      </label>
      <NumberField name="costPerOutreach" />
      <NumberField name="minutesPerContact" />
    </Group>
  );
}
