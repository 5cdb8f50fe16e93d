// On paper: light colours, charts as wide as the page, everything opened that is folded on the screen; afterwards as before.
import { change, state } from './state';
import { redrawAll } from './views/ChartCard';

export function followPrinting(): void {
  const root = document.documentElement;
  let opened: HTMLDetailsElement[] = [];
  window.addEventListener('beforeprint', () => {
    const { printing } = state.value;
    root.classList.add('light');
    root.dataset.print = printing;
    if (printing === 'all') {
      opened = [
        ...document.querySelectorAll<HTMLDetailsElement>(
          'main details:not([open], .more, [data-section=ledger] details)',
        ),
      ];
      for (const details of opened) details.open = true;
    }
    redrawAll(printing === 'slide' ? 'slide' : 'paper');
  });
  window.addEventListener('afterprint', () => {
    root.classList.remove('light');
    delete root.dataset.print;
    for (const details of opened) details.open = false;
    opened = [];
    redrawAll('screen');
    if (state.value.printing === 'page') change({ printing: 'all' });
  });
}
