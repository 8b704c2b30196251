/** `preprocessing` of a model's entry, checked field by field. */
import type { Fields } from "./fields.ts";
import {
	boxFits,
	channelOrders,
	cropRoundings,
	type Preprocessing,
	type ResizeBox,
	resizeFilters,
} from "./preprocessing.ts";

/** No model reads more pixels along a side: more would only take memory. */
const largestSide = 2 ** 14;

/** @throws SightlineError BAD_INPUT: the place, the field, what stands there and what should */
export function parsePreprocessing(fields: Fields): Preprocessing {
	const channels = fields.optional("channels", (name) => fields.oneOf(name, channelOrders));
	const count = channels === "grey" ? 1 : 3;
	const preprocessing: Preprocessing = {
		resize: fields.oneOf("resize", resizeFilters),
		shortSide: fields.optional("shortSide", fields.positive),
		...(fields.has("box") ? { box: parseBox(fields.object("box")) } : {}),
		...(fields.has("cropRounding") ? { cropRounding: fields.oneOf("cropRounding", cropRoundings) } : {}),
		...(fields.has("fill") ? { fill: parseFill(fields, count) } : {}),
		...(channels === null ? {} : { channels }),
		...(fields.has("scale") ? { scale: fields.number("scale") } : {}),
		mean: fields.numbers("mean", count),
		deviation: fields.numbers("deviation", count),
	};
	const { shortSide, box, scale = 1, deviation } = preprocessing;
	if ((shortSide ?? 1) > largestSide) throw fields.wrong("shortSide", `at most ${largestSide}`);
	if (shortSide !== null && box !== undefined) throw fields.wrong("box", "none beside shortSide");
	if (!(scale > 0)) throw fields.wrong("scale", "a number above 0");
	if (!deviation.every((value) => value > 0)) throw fields.wrong("deviation", "numbers above 0");
	fields.end();
	return preprocessing;
}

function parseBox(fields: Fields): ResizeBox {
	const fit = fields.oneOf("fit", boxFits);
	const [height = 0, width = 0] = fields.numbers("sides", 2);
	if (![height, width].every((side) => Number.isInteger(side) && side > 0 && side <= largestSide)) {
		throw fields.wrong("sides", `[height, width] in pixels, at most ${largestSide}`);
	}
	fields.end();
	return { fit, sides: [height, width] };
}

function parseFill(fields: Fields, count: number): readonly number[] {
	const fill = fields.numbers("fill", count);
	if (!fill.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255)) {
		throw fields.wrong("fill", "bytes, from 0 to 255");
	}
	return fill;
}
