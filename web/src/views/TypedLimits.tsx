// What typed numbers cannot show, and files could.
import { words } from '../words';
import { Section } from './Section';

export function TypedLimits() {
  const w = words.typedLimits;
  return (
    <Section id="typed-limits" title={w.title} lede={w.lede}>
      <ul class="plain-list">
        {w.items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </Section>
  );
}
