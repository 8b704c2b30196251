/**
 * IEEE 754 half precision: 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits; and bfloat16, the upper half of a
 * float32. Both as their 16 bits, since JavaScript has no such arrays before Float16Array.
 */

/** The number that 16 bits of half precision mean; exact. */
export function float16ToNumber(bits: number): number {
	const sign = bits & 0x8000 ? -1 : 1;
	const exponent = (bits >> 10) & 0x1f;
	const fraction = bits & 0x3ff;
	if (exponent === 0) return sign * fraction * 2 ** -24;
	if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
	return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The half nearest to a number, ties to even, rounded once; from 65520 on it is infinite. */
export function numberToFloat16(value: number): number {
	if (Number.isNaN(value)) return 0x7e00;
	const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
	const magnitude = Math.abs(value);
	if (magnitude >= 65520) return sign | 0x7c00;
	if (magnitude < 2 ** -14) return sign | roundHalfToEven(magnitude * 2 ** 24);
	const exponent = exponentOf(magnitude);
	// 1024..2048 steps of 2^(exponent - 10); 2048 carries into the exponent, as it should.
	return sign | (((exponent + 15) << 10) + roundHalfToEven(magnitude * 2 ** (10 - exponent)) - 1024);
}

/** All halves of an array as float32; exact. */
export function float16sToFloat32s(halves: Uint16Array): Float32Array {
	valueOfHalf ??= Float32Array.from({ length: 0x10000 }, (_, bits) => float16ToNumber(bits));
	const result = new Float32Array(halves.length);
	for (let i = 0; i < halves.length; i++) result[i] = valueOfHalf[halves[i] as number] as number;
	return result;
}

export function bfloat16ToNumber(bits: number): number {
	asBits[0] = bits << 16;
	return asFloat[0] as number;
}

/** The bfloat16 nearest to a number (itself rounded to float32 first, as every library does), ties to even. */
export function numberToBfloat16(value: number): number {
	if (Number.isNaN(value)) return 0x7fc0;
	asFloat[0] = value;
	const bits = asBits[0] as number;
	return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
}

// 65 536 numbers, made when first needed: a look-up widens weights several times faster than the arithmetic.
let valueOfHalf: Float32Array | undefined;

const asFloat = new Float32Array(1);
const asBits = new Uint32Array(asFloat.buffer);

/** floor(log2(value)) of a normal positive number, exact where Math.log2 may round up. */
function exponentOf(value: number): number {
	asFloat[0] = value;
	const exponent = ((asBits[0] as number) >>> 23) - 127;
	return 2 ** exponent > value ? exponent - 1 : exponent; // rounding to float32 may have reached the next power
}

function roundHalfToEven(value: number): number {
	const floor = Math.floor(value);
	const above = value - floor;
	return above > 0.5 || (above === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
