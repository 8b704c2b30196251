/** How `leaves` are painted: what may differ between image sets that show the same classes. */
export interface LeavesStyle {
	/** Standard deviation of the sensor's noise, as a share of 255. */
	readonly noise: number;
	/** Least and largest period of a texture, as shares of the image's side. */
	readonly period: readonly [least: number, largest: number];
	/** Share of a texture's period that shows its second colour. */
	readonly duty: number;
	/** Red, green and blue of an object's first colour: vivid ones stand far off grey, muted ones near it. */
	readonly palette: "vivid" | "muted";
}

export const leavesStyles = {
	/** The set that the zoo is trained on. */
	plain: { noise: 0.03, period: [3.2 / 64, 5 / 64], duty: 0.5, palette: "vivid" },
	/** Another camera and other paints: what a model has to get used to when it is moved. */
	shifted: { noise: 0.07, period: [5 / 64, 8 / 64], duty: 0.35, palette: "muted" },
} as const satisfies Readonly<Record<string, LeavesStyle>>;

export type LeavesStyleName = keyof typeof leavesStyles;
