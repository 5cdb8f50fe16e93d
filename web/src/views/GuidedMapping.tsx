// A layout that nobody knows: what the table holds is asked first, then what every such table must say, one question each,
// with the columns that could be it and three of their values. All of it is plain selects and radio buttons.
import { chooseColumn, correct } from '../actions';
import { vocabulary, type OpenFile } from '../state';
import { candidates, columnFor, missingRoles, needsOf, roleFor, type Need } from '../roles';
import { wordFor, words } from '../words';

const kCandidates = 4;

export function GuidedMapping({ file }: { file: OpenFile }) {
  const w = words.guided;
  const info = file.info!;
  const needs = needsOf(info.kind, vocabulary.value);
  const done = info.kind !== 'unknown' && missingRoles(info, vocabulary.value).length === 0;
  return (
    <section class="guided" aria-labelledby={`guided-${file.key}`}>
      <h3 id={`guided-${file.key}`}>{w.title}</h3>
      <p class="hint">{done ? w.done : w.lede}</p>
      <ol>
        <li>
          <KindSelect file={file} />
        </li>
        {needs.map((need) => (
          <li key={need.name}>
            <NeedQuestion file={file} need={need} />
          </li>
        ))}
      </ol>
    </section>
  );
}

export function KindSelect({ file }: { file: OpenFile }) {
  const info = file.info!;
  const kinds = vocabulary.value?.kinds ?? [];
  return (
    <label class="field">
      <span>{words.check.kind}</span>
      <select
        value={info.kind}
        onChange={(event) => void correct(file.key, { kind: event.currentTarget.value })}
      >
        {!kinds.some(({ kind }) => kind === info.kind) && (
          <option value={info.kind}>
            {info.kind === 'unknown' ? words.guided.choose : wordFor(words.kinds, info.kind)}
          </option>
        )}
        {kinds.map(({ kind, label }) => (
          <option key={kind} value={kind}>
            {label || wordFor(words.kinds, kind)}
          </option>
        ))}
      </select>
    </label>
  );
}

function NeedQuestion({ file, need }: { file: OpenFile; need: Need }) {
  const w = words.guided;
  const info = file.info!;
  const chosen = columnFor(need, info);
  const fitting = candidates(info, need, kCandidates);
  const offered = chosen >= 0 && !fitting.includes(chosen) ? [...fitting, chosen] : fitting;
  const rest = info.columns.map((_, index) => index).filter((index) => !offered.includes(index));
  const question = need.name === 'who' ? w.who : w.role(need.options[0]?.label ?? need.name);
  const name = `need-${file.key}-${need.name}`;
  const label = (index: number) => info.columns[index]!.header || words.check.noHeader(index + 1);
  const choose = (index: number) => void chooseColumn(file.key, index, need);
  const roleLabel = (index: number) => {
    const role = index === chosen ? info.columns[index]!.role : roleFor(info.columns[index]!, need);
    return need.options.find((option) => option.role === role)?.label ?? role;
  };
  return (
    <fieldset class={chosen >= 0 ? 'question answered' : 'question'}>
      <legend>{question}</legend>
      <div class="columns-offered">
        {offered.map((index) => (
          <label key={index}>
            <input type="radio" name={name} checked={index === chosen} onChange={() => choose(index)} />
            <span>
              <b>{label(index)}</b>
              {need.options.length > 1 && <small class="soft"> {w.as(roleLabel(index))}</small>}
              <small class="values">{info.columns[index]!.samples.join(' · ') || w.noValues}</small>
            </span>
          </label>
        ))}
        {offered.length === 0 && <p class="hint">{w.noneFits}</p>}
        {rest.length > 0 && (
          <select
            aria-label={w.otherFor(question)}
            value=""
            onChange={({ currentTarget: { value } }) => value !== '' && choose(Number(value))}
          >
            <option value="">{w.other}</option>
            {rest.map((index) => (
              <option key={index} value={index}>
                {[label(index), info.columns[index]!.samples.join(', ')].filter(Boolean).join(': ')}
              </option>
            ))}
          </select>
        )}
      </div>
    </fieldset>
  );
}
