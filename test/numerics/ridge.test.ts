import { expect, test } from "vitest";
import { ridge } from "../../src/numerics/ridge.ts";
import { gaussians } from "../support/gaussians.ts";

test.each([
	["more examples than features", 30, 7],
	["as many examples as features", 7, 7],
	["more features than examples", 7, 30],
])("with %s the gradient of the loss is zero at the weights", (_words, examples, features) => {
	const normal = gaussians(examples);
	const x = Float64Array.from({ length: examples * features }, normal);
	const y = Float64Array.from({ length: examples * 2 }, normal);
	const solve = ridge(x, y, features, 2);
	for (const l2 of [0.1, 10]) {
		const weights = solve(l2);
		expect(weights).toHaveLength(2 * features);
		for (let target = 0; target < 2; target++) {
			const residuals = Array.from({ length: examples }, (_, example) => {
				let fit = -(y[example * 2 + target] as number);
				for (let k = 0; k < features; k++)
					fit += (x[example * features + k] as number) * (weights[target * features + k] as number);
				return fit;
			});
			for (let k = 0; k < features; k++) {
				const slope = residuals.reduce((sum, residual, i) => sum + residual * (x[i * features + k] as number), 0);
				expect(slope + l2 * (weights[target * features + k] as number)).toBeCloseTo(0, 9);
			}
		}
	}
});

test("features that depend on each other need a ridge", () => {
	const solve = ridge(Float64Array.of(1, 1, 2, 2, 3, 3), Float64Array.of(1, 2, 3), 2, 1);
	expect(solve(1)).toHaveLength(2);
	expect(() => solve(0)).toThrow("not positive definite");
});
