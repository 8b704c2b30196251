/** Runs the command from its sources in a process of its own, as a user would. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

export interface Finished {
	readonly stdout: Buffer;
	readonly stderr: string;
	readonly exitCode: number | null;
}

export interface RunOptions {
	readonly stdin?: string;
	readonly environment?: Readonly<Record<string, string>>;
	/** The working folder; the project's if left out. */
	readonly folder?: string;
}

export async function sightline(parameters: readonly string[], options: RunOptions = {}): Promise<Finished> {
	const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), main, ...parameters], {
		cwd: options.folder,
		env: { ...process.env, ...options.environment },
	});
	const out: Buffer[] = [];
	const errors: Buffer[] = [];
	child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
	child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
	child.stdin.end(options.stdin ?? "");
	const exitCode = await new Promise<number | null>((resolve, reject) => {
		child.on("error", reject);
		child.on("close", resolve);
	});
	return { stdout: Buffer.concat(out), stderr: Buffer.concat(errors).toString(), exitCode };
}
