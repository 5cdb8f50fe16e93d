// Help: keys, export recipes, a glossary, all metrics. In: the words, and the catalogue of the core.
import { useEffect, useState } from 'preact/hooks';
import { loadVocabulary, showHelp } from '../actions';
import { state, vocabulary } from '../state';
import { words } from '../words';
import { Dialog } from './Dialog';
import { MetricDefinition } from './MetricDefinition';

export function HelpDialog() {
  if (!state.value.helping) return null;
  const w = words.help;
  return (
    <Dialog title={w.title} onClose={() => showHelp(false)}>
      <h3>{w.keysTitle}</h3>
      <dl class="keys">
        {w.keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>{w.recipesTitle}</summary>
        <p class="soft">{w.recipesLede}</p>
        {w.recipes.map(({ tool, gives, steps }) => (
          <section key={tool} class="recipe">
            <h4>
              {tool} <span class="soft">· {gives}</span>
            </h4>
            <ul class="plain-list">
              {steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ul>
          </section>
        ))}
      </details>
      <details>
        <summary>{w.glossaryTitle}</summary>
        <dl class="glossary">
          {w.glossary.map(([word, meaning]) => (
            <div key={word}>
              <dt>{word}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </details>
      <Catalogue />
      <details>
        <summary>{w.privacyTitle}</summary>
        <ul class="plain-list">
          {w.privacy.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </details>
    </Dialog>
  );
}

function Catalogue() {
  const w = words.help;
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (open) void loadVocabulary();
  }, [open]);
  const metrics = vocabulary.value?.metrics;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{w.metricsTitle}</summary>
      <p class="soft">{w.metricsLede}</p>
      {metrics ? (
        <dl class="metrics">
          {metrics.map((metric) => (
            <div key={metric.id}>
              <dt>
                <span class="code">{metric.id}</span> {metric.name}
              </dt>
              <dd>{metric.definition}</dd>
              <MetricDefinition metric={metric} />
            </div>
          ))}
        </dl>
      ) : (
        <p class="hint">{open ? w.loading : ''}</p>
      )}
    </details>
  );
}
