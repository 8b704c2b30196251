/**
 * The t below which |T| of Student's distribution with `degrees` degrees of freedom stays with probability `level`:
 * value +- t * standardError is the two-sided interval at that level. By bisection on the finite series for whole
 * degrees of freedom (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4), so exact to rounding.
 *
 * @param level in (0, 1), 0.95 for a 95 % interval
 * @param degrees a whole number from 1
 */
export function studentQuantile(level: number, degrees: number): number {
	if (!(level > 0 && level < 1)) throw new RangeError(`studentQuantile: level ${level}, expected between 0 and 1`);
	if (!(Number.isInteger(degrees) && degrees >= 1))
		throw new RangeError(`studentQuantile: ${degrees} degrees of freedom, expected a whole number from 1`);
	let low = 0;
	let high = Math.PI / 2;
	// Over the angle atan(t / sqrt(degrees)), which is bounded where t is not.
	for (let step = 0; step < 60; step++) {
		const middle = (low + high) / 2;
		if (centralProbability(middle, degrees) < level) low = middle;
		else high = middle;
	}
	return Math.tan(high) * Math.sqrt(degrees);
}

/** P(|T| < sqrt(degrees) * tan(angle)). */
function centralProbability(angle: number, degrees: number): number {
	const cosine = Math.cos(angle);
	const odd = degrees % 2 === 1;
	let term = odd ? cosine : 1;
	let series = degrees === 1 ? 0 : term;
	for (let power = odd ? 3 : 2; power <= degrees - 2; power += 2) {
		term *= (cosine * cosine * (power - 1)) / power;
		series += term;
	}
	return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * series) : Math.sin(angle) * series;
}
