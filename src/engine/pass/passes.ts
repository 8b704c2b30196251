/**
 * The passes of a process: one runs at a time, since each takes the whole device, and the others wait in order. A pass
 * belongs to whoever waits for it: when the last asker leaves, it stops at its next batch.
 */
import type { PassState } from "../engine.ts";
import { cancelled, throwIfAborted, unlessAborted } from "./cancelled.ts";

/** What a pass does when its turn comes; `update` tells how far it is. */
export type PassWork = (signal: AbortSignal, update: (change: PassChange) => void) => Promise<void>;
export type PassChange = Partial<Pick<PassState, "state" | "done" | "total" | "secondsLeft" | "note" | "bytesToWrite">>;

export interface Pass {
	/** Waits for the end of the pass, as one of its askers. */
	join(signal: AbortSignal | undefined): Promise<void>;
}

export class Passes {
	readonly #listeners = new Set<(pass: PassState) => void>();
	readonly #current = new Map<string, { state: PassState; readonly controller: AbortController }>();
	#last: Promise<unknown> = Promise.resolve();
	#count = 0;

	/** Puts a pass at the end of the queue. `onEnd` is called as soon as it can no longer be joined, twice if cancelled. */
	start(about: Pick<PassState, "model" | "metrics" | "total">, work: PassWork, onEnd: () => void): Pass {
		const id = String(++this.#count);
		const controller = new AbortController();
		const { signal } = controller;
		const state: PassState = { id, ...about, done: 0, secondsLeft: null, state: "waiting", note: null };
		const pass = { state, controller };
		const update = (change: PassChange) => {
			pass.state = { ...pass.state, ...change };
			for (const listener of this.#listeners) listener(pass.state);
		};
		signal.addEventListener("abort", onEnd);
		this.#current.set(id, pass);
		update({});

		const run = async (before: Promise<unknown>) => {
			try {
				await unlessAborted(before, signal);
				throwIfAborted(signal);
				await work(signal, update);
				update({ state: "done", secondsLeft: 0, note: null });
			} catch (error) {
				const state = signal.aborted ? "cancelled" : "failed";
				update({ state, secondsLeft: null, note: error instanceof Error ? error.message : String(error) });
				throw error;
			} finally {
				this.#current.delete(id);
				onEnd();
			}
		};
		const before = this.#last;
		const end = run(before);
		// One that is cancelled while it waits ends early; whoever comes next still waits for those before it.
		this.#last = Promise.allSettled([before, end]).then(() => {});

		let askers = 0;
		const hasEnded = () => !this.#current.has(id);
		return {
			async join(asker) {
				askers++;
				try {
					await unlessAborted(end, asker);
				} finally {
					askers--;
					if (askers === 0 && !hasEnded()) controller.abort(cancelled("nobody waits for the pass any more"));
				}
			},
		};
	}

	states(): PassState[] {
		return [...this.#current.values()].map((pass) => pass.state);
	}

	watch(listener: (pass: PassState) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	cancel(id: string): boolean {
		const pass = this.#current.get(id);
		pass?.controller.abort(cancelled("the pass was cancelled"));
		return pass !== undefined;
	}

	/** Stops every pass and waits until the last has ended. */
	async close(): Promise<void> {
		for (const { controller } of this.#current.values()) controller.abort(cancelled("the engine was closed"));
		await this.#last;
	}
}
