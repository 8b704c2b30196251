/** The fillings: where in the plane the second colour shows. Coordinates are in half periods of the texture. */
export const textureNames = ["plain", "stripes", "checks", "dots", "rings"] as const;

/**
 * Whether a texture shows its second colour at (u, v). Rings are centred at (0, 0).
 *
 * @param duty share of a period, 0 to 1, that is of the second colour
 */
export function second(texture: number, u: number, v: number, duty: number): boolean {
	switch (textureNames[texture]) {
		case "stripes":
			return isSecond(u, duty);
		case "checks":
			return isSecond(u, duty) !== isSecond(v, duty);
		case "dots": {
			const x = u / 2 - Math.floor(u / 2) - 0.5;
			const y = v / 2 - Math.floor(v / 2) - 0.5;
			return x * x + y * y < 0.18 * duty;
		}
		case "rings":
			return isSecond(Math.sqrt(u * u + v * v), duty);
		default:
			return false;
	}
}

/** The second colour ends each stretch of two units. */
function isSecond(position: number, duty: number): boolean {
	return position - 2 * Math.floor(position / 2) >= 2 * (1 - duty);
}
