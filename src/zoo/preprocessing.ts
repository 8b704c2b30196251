/** What an image goes through before a model sees it: part of what determines every result. */
export interface Preprocessing {
	/** How sides are changed, where the image has others: as PIL does it, with antialiasing but for "nearest". */
	readonly resize: ResizeFilter;
	/**
	 * The shorter side is brought to so many pixels and the model's sides are cut out of the middle, as torchvision's
	 * Resize and CenterCrop do it; null: as `box` says.
	 */
	readonly shortSide: number | null;
	/** Left out where `shortSide` is null: both sides are brought to the model's, whatever that does to the proportions. */
	readonly box?: ResizeBox;
	/** How the middle is found where it lies between two pixels; "even" if left out. */
	readonly cropRounding?: CropRounding;
	/**
	 * Bytes (red, green and blue, or a grey) of what stands around an image that is smaller than the model's sides; if left
	 * out, such an image is refused.
	 */
	readonly fill?: readonly number[];
	/** What the model's channels are; "rgb" if left out. "grey" is PIL's convert("L"), before anything is resized. */
	readonly channels?: ChannelOrder;
	/** What bytes are multiplied by before `mean` and `deviation`; 1 / 255 if left out. */
	readonly scale?: number;
	/** Per channel of the model, of values in 0..1: (pixel / 255 - mean) / deviation. */
	readonly mean: readonly number[];
	readonly deviation: readonly number[];
}

/** The sides that an image is brought to before the model's are cut out of the middle. */
export interface ResizeBox {
	/** Exactly these; or, with its proportions kept, the least that covers them or the most that fits in. */
	readonly fit: (typeof boxFits)[number];
	readonly sides: readonly [height: number, width: number];
}

export const boxFits = ["stretch", "cover", "contain"] as const;

/** "even" as torchvision's CenterCrop, which rounds halves to the even number; "down" as transformers' center_crop. */
export type CropRounding = (typeof cropRoundings)[number];
export const cropRoundings = ["even", "down"] as const;

export type ChannelOrder = (typeof channelOrders)[number];
export const channelOrders = ["rgb", "bgr", "grey"] as const;

export type ResizeFilter = (typeof resizeFilters)[number];
export const resizeFilters = ["nearest", "box", "bilinear", "hamming", "bicubic", "lanczos"] as const;

/** pixel / 127.5 - 1, from -1 to 1: how the embedded models were trained. */
export const plusMinusOne: Preprocessing = {
	resize: "bilinear",
	shortSide: null,
	mean: [0.5, 0.5, 0.5],
	deviation: [0.5, 0.5, 0.5],
};

/** How many channels the model reads. */
export function channelCount({ channels }: Preprocessing): number {
	return channels === "grey" ? 1 : 3;
}

/** In words, as results show it and keys contain it: what is left out is not mentioned, so that old keys stay. */
export function describePreprocessing(preprocessing: Preprocessing): string {
	const { resize, channels, scale, mean, deviation } = preprocessing;
	const colours = channels === undefined ? "" : `${channels}, `;
	const scaled = scale === undefined ? "" : `, times ${scale}`;
	return `${colours}resize ${resize}${describeSides(preprocessing)}${scaled}, mean ${mean.join(" ")}, deviation ${deviation.join(" ")}`;
}

function describeSides({ shortSide, box, cropRounding, fill }: Preprocessing): string {
	const aim = shortSide === null ? describeBox(box) : `to a short side of ${shortSide}`;
	if (aim === null) return "";
	const rounding = cropRounding === undefined ? "" : ` rounded ${cropRounding}`;
	const around = fill === undefined ? "" : ` filled up with ${fill.join(" ")}`;
	return ` ${aim}, center crop${rounding}${around}`;
}

function describeBox(box: ResizeBox | undefined): string | null {
	if (box === undefined) return null;
	const words = { stretch: "to", cover: "to cover", contain: "to fit into" };
	return `${words[box.fit]} ${box.sides.join(" x ")}`;
}
