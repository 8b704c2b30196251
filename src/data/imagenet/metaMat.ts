/**
 * meta.mat of ImageNet's devkit: a MATLAB 5 file with one struct array, `synsets`, of which the fields ILSVRC2012_ID and
 * WNID are read (MathWorks, "MAT-File Format", level 5). Elements are tagged with a type and a length; arrays hold elements.
 */
import { inflateSync } from "node:zlib";
import { SightlineError } from "../../errors.ts";

/** The devkit's unpacks to 3 MB. */
const maxBytes = 2 ** 26;

/** @returns wnids by ILSVRC2012_ID. @throws SightlineError BAD_INPUT a file of another kind */
export function readSynsetIds(bytes: Uint8Array, place: string): ReadonlyMap<number, string> {
	try {
		for (const element of elementsOf(bytes.subarray(128))) {
			const matrix =
				element.type === compressed ? firstOf(inflateSync(element.data, { maxOutputLength: maxBytes })) : element;
			const ids = idsOf(matrix);
			if (ids !== null) return ids;
		}
	} catch (cause) {
		throw new SightlineError("BAD_INPUT", `${place} is no MATLAB 5 file, or is damaged`, { cause });
	}
	throw new SightlineError("BAD_INPUT", `${place} has no array "synsets" with ILSVRC2012_ID and WNID`);
}

interface Element {
	readonly type: number;
	readonly data: Uint8Array;
}

const [compressed, matrixType] = [15, 14];

function* elementsOf(bytes: Uint8Array): Generator<Element> {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let at = 0; at + 8 <= bytes.length; ) {
		const first = view.getUint32(at, true);
		// A short element has its length in the upper half of its type, and its data in the tag.
		const isShort = first >>> 16 !== 0;
		const length = isShort ? first >>> 16 : view.getUint32(at + 4, true);
		const start = at + (isShort ? 4 : 8);
		if (length > bytes.length - start) throw new RangeError(`an element of ${length} bytes is cut off`);
		const type = first & 0xffff;
		yield { type, data: bytes.subarray(start, start + length) };
		at = isShort ? at + 8 : start + (type === compressed ? length : Math.ceil(length / 8) * 8);
	}
}

function firstOf(bytes: Uint8Array): Element {
	const [first] = elementsOf(bytes);
	if (first === undefined) throw new RangeError("an empty element");
	return first;
}

/** Of a struct array: flags, dimensions, name, length of a field's name, names of the fields, then their values in turn. */
function idsOf({ type, data }: Element): ReadonlyMap<number, string> | null {
	if (type !== matrixType) return null;
	const [, , name, nameLength, fieldNames, ...values] = elementsOf(data);
	if (name === undefined || nameLength === undefined || fieldNames === undefined) return null;
	if (textOf(name.data) !== "synsets" || nameLength.data.length < 4) return null;
	const width = new DataView(nameLength.data.buffer, nameLength.data.byteOffset).getInt32(0, true);
	if (!(width > 0)) return null;
	const fields = Array.from({ length: Math.floor(fieldNames.data.length / width) }, (_, index) =>
		textOf(fieldNames.data.subarray(index * width, (index + 1) * width)),
	);
	const [id, wnid] = [fields.indexOf("ILSVRC2012_ID"), fields.indexOf("WNID")];
	if (id < 0 || wnid < 0) return null;
	const ids = new Map<number, string>();
	for (let row = 0; row + fields.length <= values.length; row += fields.length) {
		ids.set(numberOf(values[row + id]), textOf(contentOf(values[row + wnid]).data));
	}
	return ids;
}

/** The values of an array: its fourth element, behind flags, dimensions and name. */
function contentOf(matrix: Element | undefined): Element {
	const content = matrix === undefined ? undefined : [...elementsOf(matrix.data)][3];
	if (content === undefined) throw new RangeError("an array without values");
	return content;
}

/** MATLAB writes numbers in the smallest type that holds them. */
function numberOf(matrix: Element | undefined): number {
	const { type, data } = contentOf(matrix);
	const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
	const readers: Readonly<Record<number, () => number>> = {
		1: () => view.getInt8(0),
		2: () => view.getUint8(0),
		3: () => view.getInt16(0, true),
		4: () => view.getUint16(0, true),
		5: () => view.getInt32(0, true),
		6: () => view.getUint32(0, true),
		9: () => view.getFloat64(0, true),
	};
	const read = readers[type];
	if (read === undefined) throw new RangeError(`a number of type ${type}`);
	return read();
}

/** Bytes of text, or 16 bits a character; ended by a zero or by their length. */
function textOf(bytes: Uint8Array): string {
	return String.fromCharCode(...bytes.filter((byte) => byte !== 0));
}
