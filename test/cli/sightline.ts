/**
 * Runs the command in a process of its own, as a user would: compiled below `npm test`, which sees to it that what is
 * compiled is current, and from its sources elsewhere, which takes each start half a second more.
 */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const place = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const isCompiled = process.env.npm_lifecycle_event === "test";
/** What follows the name of Node, before the parameters. */
export const command: readonly string[] = isCompiled
	? [place("dist/src/cli/main.js")]
	: ["--import", import.meta.resolve("tsx"), place("src/cli/main.ts")];

/** Where the environment names none: no test reads or fills the user's own. */
const store = join(tmpdir(), `sightline-store-${process.pid}`);
process.on("exit", () => rmSync(store, { recursive: true, force: true }));

export interface Finished {
	readonly stdout: Buffer;
	readonly stderr: string;
	/** null where a signal ended it. */
	readonly exitCode: number | null;
}

export interface RunOptions {
	readonly stdin?: string;
	readonly environment?: Readonly<Record<string, string>>;
	/** The working folder; the project's if left out. */
	readonly folder?: string;
}

export interface Running {
	readonly finished: Promise<Finished>;
	kill(signal: "SIGINT" | "SIGKILL"): void;
}

export async function sightline(parameters: readonly string[], options: RunOptions = {}): Promise<Finished> {
	return startSightline(parameters, options).finished;
}

export function startSightline(parameters: readonly string[], options: RunOptions = {}): Running {
	const child = spawn(process.execPath, [...command, ...parameters], {
		cwd: options.folder,
		env: { SIGHTLINE_STORE: store, ...process.env, ...options.environment },
	});
	const out: Buffer[] = [];
	const errors: Buffer[] = [];
	child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
	child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
	child.stdin.end(options.stdin ?? "");
	const finished = new Promise<Finished>((resolve, reject) => {
		child.on("error", reject);
		child.on("close", (exitCode) =>
			resolve({ stdout: Buffer.concat(out), stderr: Buffer.concat(errors).toString(), exitCode }),
		);
	});
	return { finished, kill: (signal) => void child.kill(signal) };
}
