// The parts of ECharts that the page draws with: nothing else gets into the build. Custom series only, since the four marks
// draw everything. SVG only: it prints, scales and needs no canvas; its styles are set through the DOM's style objects, which
// a strict policy allows.
import { CustomChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use, type ComposeOption, type ECharts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { CustomSeriesOption } from 'echarts/charts';
import type { GridComponentOption, TooltipComponentOption } from 'echarts/components';

use([CustomChart, GridComponent, TooltipComponent, SVGRenderer]);

export type ChartOption = ComposeOption<CustomSeriesOption | GridComponentOption | TooltipComponentOption>;
export type Chart = ECharts;

export function createChart(host: HTMLElement): Chart {
  return init(host, null, { renderer: 'svg' });
}

/** The drawing as SVG text, without a place on the page. */
export function renderSvg(option: ChartOption, width: number, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({ ...option, tooltip: { show: false } });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
