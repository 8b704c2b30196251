/** A panel's title, centred over the plot (Chart.js centres its own over plot and axis). */
import type { Plugin } from "chart.js";
import type { Theme } from "./theme.ts";

/** Room for the title above the plot, pixels. */
export const titleHeight = 32;

export function titlePlugin(title: string, theme: Theme): Plugin<"scatter"> {
	return {
		id: "panelTitle",
		afterDraw({ ctx, chartArea: { left, right, top } }) {
			ctx.save();
			ctx.font = `15px ${theme.font}`;
			ctx.fillStyle = theme.ink;
			ctx.textAlign = "center";
			ctx.textBaseline = "middle";
			ctx.fillText(title, (left + right) / 2, top - titleHeight / 2 + 2);
			ctx.restore();
		},
	};
}
