// Typed-number mode: counts instead of files, the same engine, the same results.
import { useState } from 'preact/hooks';
import { clearTyped, readNumber, setTyped, setTyping, submitTyped } from '../actions';
import { state, typedNumbers, type TypedNumbers } from '../state';
import { words } from '../words';

type Field = keyof TypedNumbers;

function Problem({ id, text }: { id: string; text: string }) {
  return (
    <small class="problem" id={id}>
      {text}
    </small>
  );
}

export function TypedForm() {
  const w = words.typed;
  const typed = typedNumbers.value;
  const [tried, setTried] = useState(false);
  const invalid = (field: Field) => Number.isNaN(readNumber(typed[field]));
  const fields = Object.keys(typed) as Field[];
  const empty = fields.every((field) => readNumber(typed[field]) === null);
  const submit = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    const wrong = fields.find(invalid);
    if (wrong) {
      document.getElementById(`typed-${wrong}`)?.focus();
      return;
    }
    if (!empty) await submitTyped();
  };
  const problem = tried && empty ? w.empty : state.value.origin === 'typed' ? state.value.problem : '';

  return (
    <form class="typed" noValidate onSubmit={(event) => void submit(event)}>
      <h1 tabIndex={-1}>{w.title}</h1>
      <p class="lede">{w.lede}</p>
      {w.groups.map((group) => (
        <fieldset key={group.title}>
          <legend>{group.title}</legend>
          <p class="hint">{group.hint}</p>
          <div class="fields">
            {group.fields.map(([name, label]) => {
              const field = name as Field;
              const wrong = invalid(field) && (tried || typed[field] !== '');
              return (
                <label key={name} for={`typed-${name}`}>
                  <span>{label}</span>
                  <input
                    id={`typed-${name}`}
                    name={name}
                    inputMode="numeric"
                    autoComplete="off"
                    value={typed[field]}
                    aria-invalid={wrong}
                    aria-describedby={wrong ? `typed-${name}-problem` : undefined}
                    onInput={(event) => setTyped({ [field]: event.currentTarget.value })}
                  />
                  {wrong && <Problem id={`typed-${name}-problem`} text={w.invalid} />}
                </label>
              );
            })}
          </div>
        </fieldset>
      ))}
      {problem && (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      )}
      <div class="actions">
        <button type="submit" class="main">
          {w.submit}
        </button>
        <button type="button" class="quiet" onClick={clearTyped}>
          {w.clear}
        </button>
        <button type="button" class="quiet" onClick={() => setTyping(false)}>
          {w.back}
        </button>
      </div>
    </form>
  );
}
