import { expect, test } from "vitest";
import { readAhead } from "../../src/data/readAhead.ts";

/** Notes what is begun; 7 cannot be read. */
function noting() {
	const begun: number[] = [];
	return {
		begun,
		async read(item: number): Promise<number> {
			begun.push(item);
			if (item === 7) throw new Error("7 cannot be read");
			return 10 * item;
		},
	};
}

const items = (count: number) => Array.from({ length: count }, (_, item) => item);

test("results come in order, and no more than asked are begun ahead", async () => {
	const { begun, read } = noting();
	const seen: number[] = [];
	for await (const { item, result } of readAhead(items(5), read, 2)) {
		expect(begun.length).toBe(Math.min(5, seen.length + 3));
		expect(result).toBe(10 * item);
		seen.push(item);
	}
	expect(seen).toEqual([0, 1, 2, 3, 4]);
});

test("an item that cannot be read is told when its turn comes", async () => {
	const seen: number[] = [];
	const reading = async () => {
		for await (const { item } of readAhead(items(9), noting().read, 2)) seen.push(item);
	};
	await expect(reading()).rejects.toThrow("7 cannot be read");
	expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6]);
});
