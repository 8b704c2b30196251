import { expect, test } from "vitest";
import { jackknifeSpread } from "../../src/numerics/jackknife.ts";
import { meanAndStandardError } from "../../src/numerics/moments.ts";

test("of a mean it is the mean's standard error", () => {
	const values = [3, 1, 4, 1, 5, 9];
	const total = values.reduce((sum, value) => sum + value);
	const without = values.map((value) => (total - value) / (values.length - 1));
	expect(jackknifeSpread(without)).toBeCloseTo(meanAndStandardError(values).standardError ?? Number.NaN, 12);
});
