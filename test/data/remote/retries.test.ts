import { expect, test } from "vitest";
import { TransientFailure } from "../../../src/data/remote/remoteFailure.ts";
import { systemWait, withRetries } from "../../../src/data/remote/retries.ts";
import { SightlineError } from "../../../src/errors.ts";

const failure = (retryAfterMs?: number) =>
	new TransientFailure(new SightlineError("REMOTE", "host: the connection broke", { hint: "Wait." }), retryAfterMs);

function patience(signal?: AbortSignal) {
	const waits: number[] = [];
	const wait = async (milliseconds: number) => {
		waits.push(milliseconds);
	};
	return { wait, signal, waits };
}

test("the first success is the result; the waits before it double", async () => {
	const calm = patience();
	let attempts = 0;
	const result = await withRetries(calm, async () => {
		if (++attempts < 5) throw failure();
		return "there";
	});
	expect(result).toBe("there");
	expect(calm.waits.map((wait) => Math.floor(Math.log2(wait / 1000)))).toEqual([0, 1, 2, 3]);
	for (const [at, wait] of calm.waits.entries()) expect(wait).toBeLessThan(1000 * 2 ** at * 1.25);
});

test("after six failures in a row the last one is thrown, with their number", async () => {
	const calm = patience();
	await expect(withRetries(calm, () => Promise.reject(failure()))).rejects.toMatchObject({
		code: "REMOTE",
		message: "host: the connection broke (after 6 attempts)",
		hint: "Wait.",
	});
	expect(calm.waits).toHaveLength(5);
});

test("progress makes up for failures before it, but not for ever", async () => {
	const calm = patience();
	let attempts = 0;
	const broken = withRetries(calm, async (progressed) => {
		attempts++;
		progressed();
		throw failure();
	});
	await expect(broken).rejects.toThrow("after 200 attempts");
	expect(attempts).toBe(200);
	expect(Math.max(...calm.waits)).toBeLessThan(1250);
});

test("a host that says how long to wait is waited for so long", async () => {
	const calm = patience();
	let attempts = 0;
	await withRetries(calm, async () => {
		if (++attempts === 1) throw failure(77_000);
	});
	expect(calm.waits).toEqual([77_000]);
});

test("a host that asks for more than five minutes is not waited for", async () => {
	const calm = patience();
	const asking = withRetries(calm, () => Promise.reject(failure(3_600_000)));
	await expect(asking).rejects.toThrow("host: the connection broke (it asks to be left alone for 60 minutes)");
	expect(calm.waits).toEqual([]);
});

test("other errors are not tried again", async () => {
	const calm = patience();
	const missing = new SightlineError("NOT_FOUND", "no such file");
	await expect(withRetries(calm, () => Promise.reject(missing))).rejects.toBe(missing);
	expect(calm.waits).toEqual([]);
});

test("an aborted signal ends the waiting and the trying", async () => {
	const controller = new AbortController();
	let attempts = 0;
	const trying = withRetries({ wait: systemWait, signal: controller.signal }, async () => {
		attempts++;
		setImmediate(() => controller.abort());
		throw failure(250_000);
	});
	await expect(trying).rejects.toMatchObject({ code: "CANCELLED" });
	expect(attempts).toBe(1);
});

test("what fails because it was aborted is cancelled, on the last attempt too", async () => {
	const controller = new AbortController();
	let attempts = 0;
	const trying = withRetries(patience(controller.signal), async () => {
		if (++attempts === 6) controller.abort();
		throw failure();
	});
	await expect(trying).rejects.toMatchObject({ code: "CANCELLED" });
});

test("a reason of ours is what an aborted signal throws", async () => {
	const reason = new SightlineError("CANCELLED", "the server is closing");
	const trying = withRetries(patience(AbortSignal.abort(reason)), () => Promise.reject(failure()));
	await expect(trying).rejects.toBe(reason);
});
