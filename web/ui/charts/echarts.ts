// Only the kinds of charts in use; this module is a chunk of its own.
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, GridComponent, TooltipComponent, SVGRenderer]);

/** Draws into an element and follows its size; answers how to stop. */
export function draw(element: HTMLElement, option: Record<string, unknown>): () => void {
  const chart = init(element, null, { renderer: "svg" });
  chart.setOption(option);
  const observer = new ResizeObserver(() => chart.resize());
  observer.observe(element);
  return () => {
    observer.disconnect();
    chart.dispose();
  };
}
