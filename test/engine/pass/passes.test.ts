import { expect, test } from "vitest";
import type { PassState } from "../../../src/engine/engine.ts";
import { Passes, type PassWork } from "../../../src/engine/pass/passes.ts";

const about = { model: "vit-s", metrics: ["accuracy"], total: 128 };

/** Work that goes on until it is let go, or stopped. */
function heldWork() {
	let letGo = () => {};
	const free = new Promise<void>((resolve) => {
		letGo = resolve;
	});
	const work: PassWork = async (signal, update) => {
		update({ state: "running" });
		const stopped = new Promise((resolve) => signal.addEventListener("abort", resolve));
		await Promise.race([free, stopped]);
		signal.throwIfAborted();
	};
	return { work, letGo };
}

const noEnd = () => {};

test("passes run one after the other, in the order they were asked for", async () => {
	const passes = new Passes();
	const order: string[] = [];
	const [first, second] = [heldWork(), heldWork()];
	passes.watch(({ id, state }) => order.push(`${id} ${state}`));
	const joined = [first, second].map(({ work }) => passes.start(about, work, noEnd).join(undefined));
	expect(passes.states().map(({ id, state }) => [id, state])).toEqual([
		["1", "waiting"],
		["2", "waiting"],
	]);
	second.letGo();
	first.letGo();
	await Promise.all(joined);
	expect(order).toEqual(["1 waiting", "2 waiting", "1 running", "1 done", "2 running", "2 done"]);
	expect(passes.states()).toEqual([]);
});

test("a pass goes on while one asker is left and stops when the last has gone", async () => {
	const passes = new Passes();
	const ends: PassState[] = [];
	passes.watch((state) => ends.push(state));
	const { work } = heldWork();
	let over = 0;
	const pass = passes.start(about, work, () => over++);
	const askers = [new AbortController(), new AbortController()];
	const waits = askers.map((asker) => pass.join(asker.signal));
	await new Promise(setImmediate);
	askers[0]?.abort();
	await expect(waits[0]).rejects.toMatchObject({ code: "CANCELLED" });
	expect([passes.states().at(0)?.state, over]).toEqual(["running", 0]);
	askers[1]?.abort();
	await expect(waits[1]).rejects.toMatchObject({ code: "CANCELLED" });
	expect(over).toBeGreaterThan(0); // from now on nobody joins it
	await passes.close();
	expect(ends.at(-1)).toMatchObject({ state: "cancelled", note: expect.stringContaining("nobody waits") });
});

test("cancelling a pass tells every asker, and the next one runs", async () => {
	const passes = new Passes();
	const [first, second] = [heldWork(), heldWork()];
	const running = passes.start(about, first.work, noEnd).join(undefined);
	const waiting = passes.start(about, second.work, noEnd).join(undefined);
	second.letGo();
	expect(passes.cancel("1")).toBe(true);
	await expect(running).rejects.toMatchObject({ code: "CANCELLED", hint: expect.stringContaining("kept") });
	await waiting;
	expect(passes.cancel("1")).toBe(false);
});

test("a pass cancelled while it waits ends at once, and does not let the next one overtake the one that runs", async () => {
	const passes = new Passes();
	const [first, third] = [heldWork(), heldWork()];
	const running = passes.start(about, first.work, noEnd).join(undefined);
	const waiting = passes.start(about, heldWork().work, noEnd).join(undefined);
	const last = passes.start(about, third.work, noEnd).join(undefined);
	passes.cancel("2");
	await expect(waiting).rejects.toMatchObject({ code: "CANCELLED" });
	await new Promise(setImmediate);
	expect(passes.states().map(({ id, state }) => [id, state])).toEqual([
		["1", "running"],
		["3", "waiting"],
	]);
	for (const { letGo } of [first, third]) letGo();
	await Promise.all([running, last]);
});

test("a pass that fails says why, and does not hold up the next", async () => {
	const passes = new Passes();
	const ends: PassState[] = [];
	passes.watch((state) => ends.push(state));
	const failing = passes.start(about, () => Promise.reject(new Error("the disk is full")), noEnd).join(undefined);
	await expect(failing).rejects.toThrow("the disk is full");
	expect(ends.at(-1)).toMatchObject({ state: "failed", note: "the disk is full" });
	await passes.start(about, async () => {}, noEnd).join(undefined);
});
