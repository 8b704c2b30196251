/** A kind of file as the tests of damaged files see it. */
import type { Random } from "../../src/numerics/random.ts";

/** Contents by the path within a folder. */
export type Files = Readonly<Record<string, Uint8Array | string>>;

export interface Format {
	/** Damaged files that belong together; the same for the same seed, which also chooses among the whole ones. */
	damaged(seed: number, source: Random): Files;
	/**
	 * Reads them as the program would for whoever names them, as far as they lead.
	 * @throws SightlineError what is wrong with them; any other error, also for a result that contradicts itself, is a mistake
	 */
	read(folder: string, seed: number): Promise<void>;
}
