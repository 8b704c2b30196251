import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import type { PassState } from "../../src/engine/engine.ts";
import { DiskStore } from "../../src/store/disk.ts";
import { MemoryStore } from "../../src/store/memory.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { tinyEngine, tinyRequest } from "../support/tinyEngine.ts";

// Starting a process takes long where the machine is busy.
vi.setConfig({ testTimeout: 240_000 });

interface Measuring {
	readonly child: ChildProcess;
	readonly states: PassState[];
	readonly passesStarted: () => number | undefined;
	/** Settles when the process says something for which this holds. */
	until(holds: (state: PassState) => boolean): Promise<void>;
	readonly gone: Promise<unknown>;
}

function measuringProcess(place: string, batchMs: number): Measuring {
	const script = fileURLToPath(new URL("measuringProcess.ts", import.meta.url));
	const child = fork(script, [place, String(batchMs)], { execArgv: ["--import", import.meta.resolve("tsx")] });
	onTestFinished(() => void child.kill("SIGKILL"));
	const states: PassState[] = [];
	const gone = once(child, "exit");
	let passesStarted: number | undefined;
	// What measuringProcess.ts sends.
	child.on("message", (message: { readonly pass?: PassState; readonly passesStarted?: number }) => {
		if (message.pass !== undefined) states.push(message.pass);
		passesStarted = message.passesStarted ?? passesStarted;
	});
	return {
		child,
		states,
		passesStarted: () => passesStarted,
		until: (holds) => expect.poll(() => states.some(holds), { timeout: 100_000, interval: 5 }).toBe(true),
		gone,
	};
}

/** An engine of this process, and what its passes tell. */
async function watchedEngine(place: string) {
	const engine = await tinyEngine(new DiskStore(place));
	onTestFinished(() => engine.close());
	const states: PassState[] = [];
	engine.watch((state) => states.push(state));
	return { engine, states };
}

async function uninterrupted() {
	const engine = await tinyEngine(new MemoryStore());
	const answers = await engine.measure(tinyRequest());
	await engine.close();
	return answers.map(({ records }) => records);
}

test("killed in the middle of a pass and started again, only the missing batches run, and not a byte differs", async () => {
	const place = await temporaryFolder();
	const killed = measuringProcess(place, 1_000);
	await killed.until(({ done }) => done >= 16);
	killed.child.kill("SIGKILL");
	await killed.gone;
	const stored = new Set<string>();
	for await (const { key, metric } of new DiskStore(place).entries()) if (metric === "accuracy") stored.add(key);
	expect(stored.size).toBeGreaterThanOrEqual(2);
	expect(stored.size).toBeLessThan(6);

	const { engine, states } = await watchedEngine(place);
	const answers = await engine.measure(tinyRequest());
	expect(states.at(-1)).toMatchObject({ state: "done", total: 44 - 8 * stored.size, done: 44 - 8 * stored.size });
	expect(answers.map(({ records }) => records)).toEqual(await uninterrupted());
});

test("two processes on one store make one pass; the second shows how far the first is", async () => {
	const place = await temporaryFolder();
	const { engine, states } = await watchedEngine(place);
	const other = measuringProcess(place, 1_000); // in all longer than a heartbeat, which tells the progress
	await other.until(({ state }) => state === "running");
	const answers = await engine.measure(tinyRequest());
	await other.gone;
	expect([other.passesStarted(), engine.passesStarted]).toEqual([1, 0]);
	expect(answers.map(({ records }) => records)).toEqual(await uninterrupted());
	const told = states.flatMap(({ note }) => note ?? []);
	expect(told[0]).toMatch(new RegExp(`^process ${other.child.pid} is measuring on this store: \\d+ of \\d+ images$`));
	expect(told.some((note) => /: (?!0)\d+ of 44 images/.test(note))).toBe(true);
});

test("a process that waits takes over from one that was killed, and makes the rest", async () => {
	const place = await temporaryFolder();
	const { engine, states } = await watchedEngine(place);
	const other = measuringProcess(place, 3_000);
	await other.until(({ done }) => done >= 8);
	const answers = engine.measure(tinyRequest());
	await expect.poll(() => states.some(({ note }) => note !== null), { timeout: 60_000 }).toBe(true);
	other.child.kill("SIGKILL");
	expect((await answers).map(({ records }) => records)).toEqual(await uninterrupted());
	expect(engine.passesStarted).toBe(1);
	expect(states.at(-1)?.total).toBeLessThan(44);
});
