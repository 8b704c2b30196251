import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { DiskStore } from "../../src/store/disk.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

// Starting a process takes long where the machine is busy.
vi.setConfig({ testTimeout: 240_000 });

/** Another process that asks for the lease and, where it gets it, holds it. */
async function holderProcess(place: string, name: string): Promise<{ child: ChildProcess; held: boolean }> {
	const script = fileURLToPath(new URL("leaseHolder.ts", import.meta.url));
	const child = fork(script, [place, name], { execArgv: ["--import", import.meta.resolve("tsx")] });
	onTestFinished(() => void child.kill("SIGKILL"));
	const [{ held }] = (await once(child, "message")) as [{ held: boolean }]; // what leaseHolder.ts sends
	return { child, held };
}

async function killed(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	const gone = once(child, "exit");
	child.kill(signal);
	await gone;
}

test("a lease held by another process is not lent, and its progress is told", async () => {
	const place = await temporaryFolder();
	const { child, held } = await holderProcess(place, "pass");
	expect(held).toBe(true);
	await expect
		.poll(() => new DiskStore(place).lease("pass"), { timeout: 60_000 })
		.toEqual({ held: false, holder: { process: child.pid, host: expect.any(String), done: 128, total: 512 } });
});

test("a lease that its holder released is lent again", async () => {
	const place = await temporaryFolder();
	const { child } = await holderProcess(place, "pass");
	const gone = once(child, "exit");
	child.send("release");
	await gone;
	const lease = await new DiskStore(place).lease("pass");
	expect(lease.held).toBe(true);
	if (lease.held) await lease.release();
	expect(await readdir(join(place, "leases"))).toEqual([]);
});

test("a lease whose holder was killed is lent at once, to one of two processes", async () => {
	const place = await temporaryFolder();
	const { child } = await holderProcess(place, "pass");
	await killed(child, "SIGKILL");
	const takers = await Promise.all([holderProcess(place, "pass"), holderProcess(place, "pass")]);
	expect(takers.map((taker) => taker.held).sort()).toEqual([false, true]);
});

test.skipIf(process.platform === "win32")(
	"a holder that is alive but silent for ten seconds loses the lease and, woken, does not disturb the taker (needs SIGSTOP)",
	async () => {
		const place = await temporaryFolder();
		const { child } = await holderProcess(place, "pass");
		child.kill("SIGSTOP");
		const store = new DiskStore(place);
		expect((await store.lease("pass")).held).toBe(false);
		await expect.poll(async () => (await store.lease("pass")).held, { timeout: 60_000, interval: 500 }).toBe(true);
		child.kill("SIGCONT");
		await new Promise((resolve) => setTimeout(resolve, 3_000)); // longer than a heartbeat
		expect(await store.lease("pass")).toMatchObject({ held: false, holder: { process: process.pid } });
	},
);

test("of many takers of a silent lease one wins", async () => {
	const place = await temporaryFolder();
	const { child } = await holderProcess(place, "pass");
	await killed(child, "SIGKILL");
	const leases = await Promise.all(Array.from({ length: 16 }, () => new DiskStore(place).lease("pass")));
	expect(leases.filter((lease) => lease.held).length).toBe(1);
	for (const lease of leases) if (lease.held) await lease.release();
});

test("an empty lease folder, left by a holder that died while releasing, is no lease", async () => {
	const place = await temporaryFolder();
	const first = await new DiskStore(place).lease("pass");
	const [folder = ""] = await readdir(join(place, "leases"));
	const [file = ""] = await readdir(join(place, "leases", folder));
	await unlink(join(place, "leases", folder, file));
	const second = await new DiskStore(place).lease("pass");
	expect(second.held).toBe(true);
	for (const lease of [first, second]) if (lease.held) await lease.release();
});
