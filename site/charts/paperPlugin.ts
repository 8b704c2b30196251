/** Paints the paper, without which a PNG is transparent. */
import type { Plugin } from "chart.js";

export function paperPlugin(colour: string): Plugin<"scatter"> {
	return {
		id: "paper",
		beforeDraw({ ctx, width, height }) {
			ctx.save();
			ctx.fillStyle = colour;
			ctx.fillRect(0, 0, width, height);
			ctx.restore();
		},
	};
}
