/** The colours and letters of figures, on light and on dark paper. */

export interface Theme {
	readonly name: "light" | "dark";
	readonly paper: string;
	readonly ink: string;
	readonly muted: string;
	readonly grid: string;
	/** A cell without a value. */
	readonly missing: string;
	/** For lines, in order of use (Okabe and Ito 2008: told apart by colour-blind readers). */
	readonly series: readonly string[];
	readonly font: string;
}

const shared = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"];
/** The family that the site ships and stills are drawn with. */
export const fontFamily = "Inter";
const font = `${fontFamily}, "Helvetica Neue", Arial, sans-serif`;

export const themes: Readonly<Record<Theme["name"], Theme>> = {
	light: {
		name: "light",
		paper: "#ffffff",
		ink: "#1b1d21",
		muted: "#575d66",
		grid: "#e4e6ea",
		missing: "#c9ccd1",
		series: [...shared, "#000000"],
		font,
	},
	dark: {
		name: "dark",
		paper: "#15171b",
		ink: "#eceef1",
		muted: "#a6adb8",
		grid: "#2d3139",
		missing: "#4a4f58",
		// Okabe and Ito's blue and black are too dark here; their yellow takes black's place.
		series: ["#4AA3DF", "#F07F3C", "#2BB98C", "#D996BC", "#E69F00", "#8CCBF2", "#F0E442"],
		font,
	},
};
