import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { TinyName } from "../support/tiny.ts";
import type { BatchOnDevice } from "./measuringOnWebgpu.ts";

/** WebGPU computed by the CPU: exact enough to check the path, on any machine that has the browser. */
const swiftShader = "/usr/lib/chromium/vk_swiftshader_icd.json";

/** What a batch gives on a device, and what the runtime wrote about it. */
async function batchOn(provider: string, model: TinyName): Promise<BatchOnDevice & { readonly log: string }> {
	const child = fork(fileURLToPath(new URL("measuringOnWebgpu.ts", import.meta.url)), [provider, model], {
		execArgv: ["--import", import.meta.resolve("tsx")],
		env: { ...process.env, VK_DRIVER_FILES: swiftShader },
		silent: true,
	});
	// `silent` makes pipes of both.
	const log = Promise.all([child.stdout, child.stderr].map((stream) => text(stream ?? Readable.from([]))));
	// "exit" may come before a message that was sent, "disconnect" comes after all of them.
	const said = Promise.race([once(child, "message"), once(child, "disconnect").then(() => [undefined])]);
	const [batch] = (await said) as [BatchOnDevice | undefined]; // what measuringOnWebgpu.ts sends, or nothing
	const written = (await log).join("");
	if (batch === undefined) throw new Error(`no batch came back:\n${written.slice(-2_000)}`);
	return { ...batch, log: written };
}

test.skipIf(!existsSync(swiftShader)).each(["vit", "resnet"] as const)(
	"the tiny %s gives the same records on WebGPU as on the CPU, and every node of a metric has a kernel there (needs chromium's SwiftShader and libvulkan1)",
	{ timeout: 300_000 },
	async (model) => {
		const webgpu = await batchOn("webgpu", model);
		const cpu = await batchOn("cpu", model);
		expect(webgpu.records.length).toBe(cpu.records.length);
		for (const [question, expected] of cpu.records.entries()) {
			// Float32 on both, in other orders of summation: compared to the largest value of the record.
			const scale = Math.max(...expected.map(Math.abs));
			const given = webgpu.records[question] ?? [];
			expect(given.length).toBe(expected.length);
			const off = Math.max(...expected.map((value, index) => Math.abs(value - (given[index] ?? Number.NaN))));
			expect(off).toBeLessThan(1e-4 * scale);
		}
		// The log names each node without a kernel; were it silent on that, this test would see nothing.
		const withoutKernel = [...webgpu.log.matchAll(/webgpu kernel not found.*node name: (\S*)/g)].map(
			([, name]) => name,
		);
		expect(/webgpu.*Starting program "MatMul/.test(webgpu.log)).toBe(true);
		expect(webgpu.added.length).toBeGreaterThan(0);
		expect(withoutKernel.filter((name) => webgpu.added.includes(name ?? ""))).toEqual([]);
	},
);
