import { expect, test } from "vitest";
import { decodeRecord, encodeRecord, type StoredRecord } from "../../../src/engine/pass/record.ts";

const origin = {
	device: "CPU, naïve",
	versions: { sightline: "0.1.0" },
	seconds: 0.25,
	measuredAt: "2026-01-02T03:04:05Z",
};

test.each([
	["float64", Float64Array.of(1 / 3, -0, Number.NaN, 1e300)],
	["float32", Float32Array.of(0.1, Number.POSITIVE_INFINITY)],
	["no", new Float32Array()],
])("a record of %s values comes back as it was, at any alignment", (_type, values) => {
	const record: StoredRecord = { index: 3, images: 36, values, origin };
	const bytes = encodeRecord(record);
	for (const shift of [0, 1, 5]) {
		const shifted = new Uint8Array(bytes.length + shift).subarray(shift);
		shifted.set(bytes);
		expect(decodeRecord(shifted)).toEqual(record);
		expect(decodeRecord(Buffer.from(shifted.buffer, shift))).toEqual(record);
	}
});

test("when and where it was measured does not touch the values' bytes", () => {
	const values = Float64Array.of(1, 2, 3);
	const tail = (seconds: number) =>
		encodeRecord({ index: 0, images: 64, values, origin: { ...origin, seconds } }).subarray(-24);
	expect(tail(1)).toEqual(tail(123.456));
});
