import { expect, test } from "vitest";
import type { PassState } from "../../src/engine/engine.ts";
import { passUpdates } from "../../src/graphql/passUpdates.ts";
import { FakeEngine } from "../support/fakeServices.ts";

function pass(id: string, done: number): PassState {
	const [model, metrics, note] = ["vit-s", ["accuracy"], null];
	return { id, model, metrics, done, total: 512, secondsLeft: null, state: "running", note };
}

test("begins with the passes there are, then each change", async () => {
	const engine = new FakeEngine([]);
	engine.change(pass("a", 64));
	const updates = passUpdates(engine);
	expect((await updates.next()).value).toMatchObject({ id: "a", done: 64 });
	const next = updates.next();
	engine.change(pass("b", 0));
	expect((await next).value).toMatchObject({ id: "b", done: 0 });
});

test("a slow reader gets the newest state of each pass", async () => {
	const engine = new FakeEngine([]);
	const updates = passUpdates(engine);
	for (let done = 0; done <= 512; done += 64) for (const id of ["a", "b"]) engine.change(pass(id, done));
	expect([(await updates.next()).value, (await updates.next()).value]).toEqual([pass("a", 512), pass("b", 512)]);
});

test("ends while it waits, and stops watching", async () => {
	const engine = new FakeEngine([]);
	const updates = passUpdates(engine);
	const next = updates.next();
	expect(engine.listeners).toBe(1);
	await updates.return?.();
	expect(await next).toEqual({ done: true, value: undefined });
	expect(await updates.next()).toEqual({ done: true, value: undefined });
	expect(engine.listeners).toBe(0);
});
