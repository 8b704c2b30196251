/** The changes of passes as an async iterator: a slow reader gets the newest state of each pass, so nothing piles up. */
import type { Engine, PassState } from "../engine/engine.ts";

/**
 * Begins with the passes there are. Written out rather than as a generator: a generator that waits cannot be ended from
 * outside, and a client that left would be kept until the next change.
 */
export function passUpdates(engine: Engine): AsyncIterableIterator<PassState> {
	const unread = new Map(engine.passes().map((pass) => [pass.id, pass]));
	let reader: ((result: IteratorResult<PassState>) => void) | undefined;
	let ended = false;
	const stopWatching = engine.watch((pass) => {
		unread.set(pass.id, pass);
		reader?.(read());
	});

	function read(): IteratorResult<PassState> {
		reader = undefined;
		const [next] = unread.values();
		if (next === undefined) return { done: true, value: undefined };
		unread.delete(next.id);
		return { done: false, value: next };
	}

	return {
		next: async () => {
			if (ended || unread.size > 0) return ended ? { done: true, value: undefined } : read();
			return new Promise((resolve) => {
				reader = resolve;
			});
		},
		return: async () => {
			ended = true;
			stopWatching();
			reader?.({ done: true, value: undefined });
			return { done: true, value: undefined };
		},
		[Symbol.asyncIterator]() {
			return this;
		},
	};
}
