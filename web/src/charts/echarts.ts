// The parts of ECharts that the page draws with: nothing else gets into the build. SVG only: it prints, scales and needs
// no canvas; its styles are set through the DOM's style objects, which a strict policy allows.
import { CustomChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, use, type ComposeOption, type ECharts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { CustomSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { AriaComponentOption, GridComponentOption, TooltipComponentOption } from 'echarts/components';

use([CustomChart, LineChart, AriaComponent, GridComponent, TooltipComponent, SVGRenderer]);

export type ChartOption = ComposeOption<
  CustomSeriesOption | LineSeriesOption | AriaComponentOption | GridComponentOption | TooltipComponentOption
>;
export type Chart = ECharts;

export function createChart(host: HTMLElement): Chart {
  return init(host, null, { renderer: 'svg' });
}
