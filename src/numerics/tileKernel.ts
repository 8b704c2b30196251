/**
 * Dot products of four rows with two at a time. In WebAssembly, because JavaScript has no vector instructions: 8 billion
 * float64 products a second where the same loop in JavaScript made 1.5. Assembled by hand, since a loop of fifty
 * instructions needs no compiler; every number below stands in the WebAssembly core specification, 5.4 (instructions) and
 * 5.5 (modules).
 */

/** Values in a row of a panel, and rows in a panel. */
export const side = 256;

export interface TileKernel {
	/** Two panels of rows [side, side], and products [side, side] of the first's rows with the second's. */
	readonly left: Float64Array;
	readonly right: Float64Array;
	readonly products: Float64Array;
	/**
	 * Adds to the products the dot products of four rows with two. Of each, the values at even places are summed, and those
	 * at odd ones, one after the other; then both sums are added.
	 *
	 * @param row of the left panel, the first of four
	 * @param column row of the right panel, the first of two
	 * @param within the panel that stands for the right one: itself, or the left one for its products with itself
	 */
	addTile(row: number, column: number, within: "left" | "right"): void;
}

export function createTileKernel(): TileKernel {
	const memory = new WebAssembly.Memory({ initial: (3 * panelBytes) / pageBytes });
	const module = new WebAssembly.Module(new Uint8Array(moduleBytes()));
	const { tile } = new WebAssembly.Instance(module, { "": { memory } }).exports;
	// The module below exports a function of three addresses.
	const add = tile as (left: number, right: number, products: number) => void;
	const panel = (index: number) => new Float64Array(memory.buffer, index * panelBytes, side * side);
	return {
		left: panel(0),
		right: panel(1),
		products: panel(2),
		addTile(row, column, within) {
			const right = (within === "left" ? 0 : panelBytes) + column * rowBytes;
			add(row * rowBytes, right, 2 * panelBytes + row * rowBytes + column * 8);
		},
	};
}

const rowBytes = 8 * side;
const panelBytes = rowBytes * side;
const pageBytes = 65_536;
/** Eight sums of two lanes each leave registers for the values; a tile of four by four was slower. */
const [tileRows, tileColumns] = [4, 2];

type Code = readonly number[];

/** (func (export "tile") (param $left i32) (param $right i32) (param $products i32)) */
function moduleBytes(): Code {
	const [i32, v128, functionType] = [0x7f, 0x7b, 0x60];
	const types = section(1, vector([[functionType, ...vector([[i32], [i32], [i32]]), ...vector([])]]));
	const imports = section(2, vector([[...text(""), ...text("memory"), 0x02, 0x00, 0x01]]));
	const functions = section(3, vector([[0]]));
	const exports = section(7, vector([[...text("tile"), 0x00, 0]]));
	const vectors = tileRows * tileColumns + tileRows + 1;
	const body = [
		...vector([
			[1, i32],
			[...unsigned(vectors), v128],
		]),
		...tileBody(),
		end,
	];
	const code = section(10, vector([[...unsigned(body.length), ...body]]));
	return [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...types, ...imports, ...functions, ...exports, ...code];
}

function tileBody(): Code {
	const [left, right, products, last] = [0, 1, 2, 3];
	const sum = (row: number, column: number) => 4 + row * tileColumns + column;
	const leftValues = (row: number) => 4 + tileRows * tileColumns + row;
	const rightValues = leftValues(tileRows);
	const all = (count: number, code: (index: number) => Code) =>
		Array.from({ length: count }, (_, at) => code(at)).flat();
	const next = (pointer: number): Code => [...get(pointer), ...constant(16), i32Add, ...set(pointer)];
	const product = (row: number, column: number): Code => [
		...[...get(sum(row, column)), ...get(leftValues(row)), ...get(rightValues), ...f64x2Multiply, ...f64x2Add],
		...set(sum(row, column)),
	];
	const lane = (row: number, column: number, index: number): Code => [...get(sum(row, column)), ...f64x2Lane, index];
	const stored = (row: number, column: number): Code => {
		const place = unsigned(row * rowBytes + column * 8);
		const lanes = [...lane(row, column, 0), ...lane(row, column, 1), f64Add];
		return [...get(products), ...get(products), f64Load, 3, ...place, ...lanes, f64Add, f64Store, 3, ...place];
	};
	return [
		...[...get(left), ...constant(rowBytes), i32Add, ...set(last)],
		...loop([
			...all(tileRows, (row) => [...get(left), ...v128Load, 4, ...unsigned(row * rowBytes), ...set(leftValues(row))]),
			...all(tileColumns, (column) => [
				...[...get(right), ...v128Load, 4, ...unsigned(column * rowBytes), ...set(rightValues)],
				...all(tileRows, (row) => product(row, column)),
			]),
			...next(left),
			...next(right),
			...[...get(left), ...get(last), i32NotEqual, ...continueIf],
		]),
		...all(tileRows, (row) => all(tileColumns, (column) => stored(row, column))),
	];
}

const end = 0x0b;
const continueIf = [0x0d, 0];
const i32NotEqual = 0x47;
const i32Add = 0x6a;
const f64Load = 0x2b;
const f64Store = 0x39;
const f64Add = 0xa0;
const v128Load = [0xfd, 0x00];
const f64x2Lane = [0xfd, 0x21];
const f64x2Add = [0xfd, 0xf0, 0x01];
const f64x2Multiply = [0xfd, 0xf2, 0x01];
const get = (local: number): Code => [0x20, local];
const set = (local: number): Code => [0x21, local];
const constant = (value: number): Code => [0x41, ...signed(value)];
const loop = (body: Code): Code => [0x03, 0x40, ...body, end];

function section(id: number, content: Code): Code {
	return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly Code[]): Code {
	return [...unsigned(items.length), ...items.flat()];
}

function text(word: string): Code {
	return vector([...word].map((letter) => [letter.charCodeAt(0)]));
}

/** LEB128: seven bits a byte, the lowest first. */
function unsigned(value: number): Code {
	return value < 128 ? [value] : [(value % 128) + 128, ...unsigned(Math.floor(value / 128))];
}

/** The same with a sign in the highest bit of the last byte; of values from 0 on. */
function signed(value: number): Code {
	return value < 64 ? [value] : [(value % 128) + 128, ...signed(Math.floor(value / 128))];
}
