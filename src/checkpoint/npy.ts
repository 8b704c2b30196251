/**
 * The header of a numpy array (numpy.lib.format, versions 1 to 3): what stands before its bytes. A Python literal in
 * ASCII, of which only what describes plain numbers is understood; pickled objects are not.
 */
import { SightlineError } from "../errors.ts";
import { byteCount, type ElementType } from "../tensor/tensor.ts";

export interface ArrayHeader {
	readonly type: ElementType;
	readonly shape: readonly number[];
	/** The first axis varies fastest. */
	readonly isFortran: boolean;
	/** Where the elements begin. */
	readonly length: number;
}

/** A header is some hundred bytes; numpy itself refuses more than 10 000 of those it does not trust. */
export const longestHeader = 12 + 10_000;

/** numpy allows 64. */
const mostAxes = 32;

const typeOf: Readonly<Record<string, ElementType>> = {
	f2: "float16",
	f4: "float32",
	f8: "float64",
	// What numpy has no name for is written as raw bytes: of two, JAX's bfloat16.
	V2: "bfloat16",
	i1: "int8",
	i2: "int16",
	i4: "int32",
	i8: "int64",
	u1: "uint8",
	u2: "uint16",
	u4: "uint32",
	u8: "uint64",
	b1: "bool",
};

/**
 * @param head the array's first bytes, `longestHeader` of them or all
 * @param size of the array with its header, in bytes
 * @param origin the file and the array, for messages
 * @throws SightlineError BAD_INPUT: what is wrong and what was expected
 */
export function readArrayHeader(head: Uint8Array, size: number, origin: string): ArrayHeader {
	const broken = (what: string, hint = "Write the file again with numpy.savez.") =>
		new SightlineError("BAD_INPUT", `${origin}: ${what}`, { hint });
	const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
	const isArray = head.length >= 10 && latin(head.subarray(0, 6)) === "\x93NUMPY";
	const version = head[6] ?? 0;
	if (!isArray || version < 1 || version > 3) throw broken("this is no numpy array of version 1 to 3");
	const start = version === 1 ? 10 : 12;
	const announced = version === 1 ? view.getUint16(8, true) : head.length < 12 ? Number.NaN : view.getUint32(8, true);
	const length = start + announced;
	if (!(length <= head.length)) throw broken(`it announces a header of ${announced} bytes, which it does not have`);
	const text = latin(head.subarray(start, length));
	const descr = field(text, "descr", /'([^']*)'/);
	const order = field(text, "fortran_order", /(True|False)/);
	const sides = field(text, "shape", /\(([0-9, ]*)\)/);
	if (descr === null && /'descr'\s*:\s*\[/.test(text)) throw broken("its elements are records, expected plain numbers");
	if (descr === null || order === null || sides === null) throw broken(`its header is ${text.trim().slice(0, 120)}`);
	const type = typeOf[descr.slice(1)];
	if (/^.O/.test(descr)) {
		throw broken("it holds Python objects, which only Python could read", "Save plain arrays with numpy.savez.");
	}
	if (type === undefined || !Object.hasOwn(typeOf, descr.slice(1)) || !/^[<|]/.test(descr)) {
		throw broken(`its type is "${descr}"; known are < or | and ${Object.keys(typeOf).join(", ")}`);
	}
	const shape = sides
		.split(",")
		.filter((side) => side.trim() !== "")
		.map(Number);
	if (shape.length > mostAxes) throw broken(`it has ${shape.length} axes, at most ${mostAxes} are read`);
	if (byteCount(type, shape) !== size - length) {
		throw broken(
			`${descr} [${shape.join(", ")}] takes ${byteCount(type, shape)} bytes, but there are ${size - length}`,
		);
	}
	return { type, shape, isFortran: order === "True", length };
}

function field(text: string, key: string, value: RegExp): string | null {
	return new RegExp(`'${key}'\\s*:\\s*${value.source}`).exec(text)?.[1] ?? null;
}

/** A character for each byte. */
function latin(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}
