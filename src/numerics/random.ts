/**
 * Seeded random numbers that are the same to the bit on every machine: the sfc32 generator (Chris Doty-Humphrey,
 * PractRand) on 32-bit integers, and uniform numbers that are exact multiples of 2^-32. No transcendental function.
 */
export interface Random {
	/** An integer in [0, 2^32). */
	word(): number;
	/** A multiple of 2^-32 in [0, 1). */
	uniform(): number;
	/** A multiple of 2^-32 scaled into [low, high). */
	between(low: number, high: number): number;
	/** An integer in [0, count), without visible bias for small counts. */
	below(count: number): number;
}

/** Every pair (seed, stream) of unsigned 32-bit integers gives a stream of its own. */
export function random(seed: number, stream: number): Random {
	let a = seed | 0;
	let b = stream | 0;
	let c = 0x9e3779b9 | 0;
	let counter = 1;
	const word = (): number => {
		const sum = (((a + b) | 0) + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = (((c << 21) | (c >>> 11)) + sum) | 0;
		return sum >>> 0;
	};
	// Fifteen rounds mix the seed into all of the state, as the author advises.
	for (let round = 0; round < 15; round++) word();
	const uniform = () => word() / 4294967296;
	return {
		word,
		uniform,
		between: (low, high) => low + (high - low) * uniform(),
		below: (count) => Math.floor(uniform() * count),
	};
}
