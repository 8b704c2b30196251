/** Bytes that differ from place to place, so that a piece at a wrong place is seen. */
export function patternBytes(length: number, seed = 1): Buffer {
	return Buffer.from(Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8) * 7 + seed) & 255));
}
