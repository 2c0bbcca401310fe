// The charts of the overview, drawn by ECharts: loaded when they are first shown, as a file of its own. Colours come from the tokens.
import { BarChart, type BarSeriesOption } from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  TitleComponent,
  TooltipComponent,
} from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { token } from './token.ts';

use([
  BarChart,
  GridComponent,
  TooltipComponent,
  AriaComponent,
  TitleComponent,
  LegendComponent,
  CanvasRenderer,
]);

export type Series = { name: string; look: 'brand' | 'ok' | 'bad' | 'rest'; values: number[] };
export type Bars = {
  /** One for each value of a series. */
  labels: string[];
  series: Series[];
  /** The last bar is not finished yet: paler. */
  isLastOpen?: boolean;
  /** Bars that lie, with their sums at the end; otherwise they stand, and the highest has its sum on top. */
  lying?: boolean;
};

const tokenOf = {
  brand: '--md-brand',
  ok: '--md-ok-line',
  bad: '--md-bad',
  rest: '--md-line-2',
} as const;

const sums = ({ labels, series }: Bars) =>
  labels.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));

function seriesOf(bars: Bars): BarSeriesOption[] {
  const sheet = token('--md-sheet');
  const hatch = {
    symbol: 'rect',
    color: sheet,
    dashArrayX: [1, 0],
    dashArrayY: [2, 4],
    rotation: -Math.PI / 4,
  };
  const last = bars.labels.length - 1;
  const stacked = bars.series.map(({ name, look, values }): BarSeriesOption => ({
    type: 'bar',
    name,
    stack: 'all',
    barMaxWidth: bars.lying ? 14 : 40,
    barCategoryGap: '28%',
    emphasis: { disabled: true },
    itemStyle: {
      color: token(tokenOf[look]),
      // A gap between the parts, in the colour of the paper.
      borderColor: sheet,
      borderWidth: 1,
      decal: look === 'bad' ? hatch : { symbol: 'none' },
    },
    data: values.map((value, at) => ({
      value: value === 0 ? '-' : value,
      ...(bars.isLastOpen && at === last && { itemStyle: { opacity: 0.5 } }),
    })),
  }));
  return [...stacked, sumsOnTop(bars)];
}

/** A bar without height above the others, that only bears their sum. */
function sumsOnTop(bars: Bars): BarSeriesOption {
  const all = sums(bars);
  const peak = all.indexOf(Math.max(...all));
  const label = {
    position: bars.lying ? ('right' as const) : ('top' as const),
    color: token('--md-ink'),
    fontWeight: 600,
    fontSize: 12,
  };
  return {
    type: 'bar',
    stack: 'all',
    silent: true,
    tooltip: { show: false },
    data: all.map((sum, at) => ({
      value: 0,
      label: { ...label, show: sum > 0 && (bars.lying === true || at === peak), formatter: String(sum) },
    })),
  };
}

function optionOf(bars: Bars) {
  const text = { color: token('--md-ink-2'), fontSize: 12, fontFamily: token('--md-font') };
  const names = {
    type: 'category' as const,
    data: bars.labels,
    inverse: bars.lying === true,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: token('--md-line') } },
    axisLabel: text,
  };
  const figures = {
    type: 'value' as const,
    minInterval: 1,
    splitNumber: 4,
    axisLine: { show: false },
    splitLine: { lineStyle: { color: token('--md-line') } },
    axisLabel: text,
  };
  return {
    animation: false,
    backgroundColor: token('--md-sheet'),
    textStyle: { fontFamily: token('--md-font') },
    aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
    grid: { left: 8, right: bars.lying ? 48 : 8, top: 24, bottom: 8, containLabel: true },
    xAxis: bars.lying ? figures : names,
    yAxis: bars.lying ? names : figures,
    // Drawn on the canvas: our policy allows no styles in markup.
    tooltip: {
      trigger: 'axis' as const,
      renderMode: 'richText' as const,
      axisPointer: { type: 'shadow' as const },
      backgroundColor: token('--md-raised'),
      borderColor: token('--md-line-2'),
      textStyle: { ...text, color: token('--md-ink') },
    },
    series: seriesOf(bars),
  };
}

export type Chart = { draw: (bars: Bars) => void; leave: () => void };

/** Draws into an element and follows its size; `choose` is told which bar of which series was clicked. */
export function chartIn(place: HTMLElement, choose: (series: number, bar: number) => void): Chart {
  const chart: EChartsType = init(place);
  chart.on('click', ({ seriesIndex, dataIndex }) => {
    choose(seriesIndex ?? 0, dataIndex);
  });
  const sizes = new ResizeObserver(() => {
    chart.resize();
  });
  sizes.observe(place);
  return {
    draw: (bars) => {
      chart.setOption(optionOf(bars), { notMerge: true });
    },
    leave: () => {
      sizes.disconnect();
      chart.dispose();
    },
  };
}

const pictureWidth = 960;
const headHeight = 64;

/** The same as a picture of its own, which says what it shows: twice as fine as a screen. */
export async function pictureOf(bars: Bars, { title, note }: { title: string; note: string }): Promise<Blob> {
  const height = headHeight + (bars.lying ? 48 + bars.labels.length * 36 : 320);
  const chart = init(document.createElement('div'), undefined, {
    width: pictureWidth,
    height,
    devicePixelRatio: 2,
  });
  const option = optionOf(bars);
  const font = { fontFamily: token('--md-font') };
  chart.setOption({
    ...option,
    grid: { ...option.grid, top: headHeight + 8 },
    title: {
      text: title,
      subtext: note,
      left: 8,
      top: 8,
      itemGap: 4,
      textStyle: { ...font, color: token('--md-ink'), fontSize: 16 },
      subtextStyle: { ...font, color: token('--md-ink-2'), fontSize: 12 },
    },
    legend: {
      right: 8,
      top: 12,
      data: bars.series.map(({ name }) => name),
      textStyle: { ...font, color: token('--md-ink-2') },
    },
  });
  const canvas = chart.renderToCanvas({ pixelRatio: 2 });
  chart.dispose();
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('the browser made no picture'));
    });
  });
}
