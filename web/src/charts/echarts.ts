// The parts of ECharts that the page draws with: custom series and the SVG renderer, nothing else gets into the build. SVG only:
// it prints, scales and needs no canvas; its styles are set through the DOM's style objects, which a strict policy allows.
// Scales and axes are our own (scale.ts): those of ECharts would be a quarter of the page's script.
import { CustomChart } from 'echarts/charts';
import { init, use, type ComposeOption, type ECharts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { CustomSeriesOption } from 'echarts/charts';
import type { Shape } from './marks';

use([CustomChart, SVGRenderer]);

export type Chart = ECharts;

export function createChart(host: HTMLElement): Chart {
  return init(host, null, { renderer: 'svg' });
}

/** The shapes of a picture as the one item of a custom series. */
export function optionOf(shapes: Shape[]): ComposeOption<CustomSeriesOption> {
  return {
    animation: false,
    series: [
      {
        type: 'custom',
        coordinateSystem: 'none',
        silent: true,
        data: [0],
        renderItem: () => ({ type: 'group', children: shapes }),
      },
    ],
  };
}

/** The drawing as SVG text, without a place on the page. */
export function renderSvg(shapes: Shape[], width: number, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption(optionOf(shapes));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
