/** A panel's title, centred over the plot (Chart.js centres its own over plot and axis). */
import type { Plugin } from "chart.js";
import type { Theme } from "./theme.ts";

/** Room for the title above the plot, pixels. */
export const titleHeight = 32;

export function titlePlugin(title: string, theme: Theme): Plugin<"scatter"> {
	return {
		id: "panelTitle",
		afterDraw({ ctx, width, chartArea: { left, right, top } }) {
			const middle = (left + right) / 2;
			const room = 2 * Math.min(middle, width - middle);
			ctx.save();
			ctx.fillStyle = theme.ink;
			ctx.textAlign = "center";
			ctx.textBaseline = "middle";
			ctx.font = `15px ${theme.font}`;
			const lines = ctx.measureText(title).width <= room ? [title] : inTwo(title);
			if (lines.length > 1) ctx.font = `12px ${theme.font}`;
			const pitch = titleHeight / 2 - 2;
			const first = top - titleHeight / 2 + 2 - ((lines.length - 1) * pitch) / 2;
			// Squeezed where even half of it is too wide.
			lines.forEach((line, at) => {
				ctx.fillText(line, middle, first + at * pitch, room);
			});
			ctx.restore();
		},
	};
}

/** Broken behind its last comma or colon, or else at the space nearest to its middle. */
export function inTwo(title: string): string[] {
	const spaces = [...title.matchAll(/ /g)].map(({ index }) => index);
	const behindSign = spaces.filter((at) => /[,:]/.test(title[at - 1] ?? ""));
	const far = (at: number) => Math.abs(at - title.length / 2);
	const at = behindSign.at(-1) ?? spaces.sort((one, other) => far(one) - far(other))[0];
	return at === undefined ? [title] : [title.slice(0, at), title.slice(at + 1)];
}
