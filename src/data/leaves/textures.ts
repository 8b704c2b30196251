/** The fillings: where in the plane the second colour shows. Coordinates are in periods of the texture. */
export const textureNames = ["plain", "stripes", "checks", "dots", "rings"] as const;

/** Whether a texture shows its second colour at (u, v). Rings are centred at (0, 0). */
export function second(texture: number, u: number, v: number): boolean {
	switch (textureNames[texture]) {
		case "stripes":
			return odd(u);
		case "checks":
			return odd(u) !== odd(v);
		case "dots": {
			const x = u / 2 - Math.floor(u / 2) - 0.5;
			const y = v / 2 - Math.floor(v / 2) - 0.5;
			return x * x + y * y < 0.09;
		}
		case "rings":
			return odd(Math.sqrt(u * u + v * v));
		default:
			return false;
	}
}

function odd(position: number): boolean {
	return (Math.floor(position) & 1) === 1;
}
