/** Has damaged files read by a process that may die of them: then another goes on behind the file that it died of. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Line, mostBytes, type Result } from "./result.ts";

export interface Job {
	readonly format: string;
	readonly first: number;
	readonly count: number;
}

const child = fileURLToPath(new URL("./child.ts", import.meta.url));

/**
 * Beyond any doubt it hangs: what the processor spent is measured where a file comes to an end, whatever else runs beside.
 */
const longestSilenceMs = 120_000;

/** @param folder an empty one for the process to work in */
export async function readDamaged(jobs: readonly Job[], folder: string): Promise<readonly Result[]> {
	const results: Result[] = [];
	for (let left = jobs; left.length > 0; ) {
		const { ended, open, how } = await runChild(left, folder);
		results.push(...ended);
		const last = ended.at(-1);
		if (open !== undefined) {
			const reason = `the process ended: ${how}`;
			results.push({ ...open, outcome: "failed", reason, cpuSeconds: Number.NaN, peakBytes: Number.NaN });
		} else if (last === undefined) throw new Error(`no file was read: ${how}`);
		left = behind(left, open ?? last);
	}
	return results;
}

/** What is left of the jobs after a file. */
function behind(jobs: readonly Job[], last: Pick<Result, "format" | "seed"> | undefined): readonly Job[] {
	const at = jobs.findIndex(({ format }) => format === last?.format);
	return jobs.slice(Math.max(0, at)).flatMap((job, index) => {
		if (index > 0 || last === undefined) return [job];
		const count = job.first + job.count - (last.seed + 1);
		return count > 0 ? [{ ...job, first: last.seed + 1, count }] : [];
	});
}

interface Run {
	readonly ended: readonly Result[];
	/** The file that it was reading when it ended. */
	readonly open: Pick<Result, "format" | "seed"> | undefined;
	readonly how: string;
}

async function runChild(jobs: readonly Job[], folder: string): Promise<Run> {
	const parameters = jobs.map(({ format, first, count }) => `${format}:${first}:${count}`);
	const heap = `--max-old-space-size=${mostBytes / 2 ** 20}`;
	const loader = import.meta.resolve("tsx");
	const running = spawn(process.execPath, [heap, "--import", loader, child, folder, ...parameters], { env: asUsers() });
	let guard: NodeJS.Timeout | undefined;
	const wait = () => {
		clearTimeout(guard);
		guard = setTimeout(() => running.kill("SIGKILL"), longestSilenceMs);
	};
	let said = "";
	running.stderr.on("data", (chunk: Buffer) => (said = `${said}${chunk}`.slice(-4000)));
	const exited = new Promise<string>((resolve, reject) => {
		running.on("error", reject);
		running.on("close", (code, signal) => resolve(`${signal ?? code}; ${said}`));
	});
	const ended: Result[] = [];
	let open: Run["open"];
	wait();
	for await (const text of createInterface(running.stdout)) {
		wait();
		const line = JSON.parse(text) as Line; // what child.ts prints
		open = "begin" in line ? line.begin : undefined;
		if (!("end" in line)) continue;
		ended.push(line.end);
		// The peak of a process never falls: the next file needs one of its own.
		if (line.end.peakBytes > mostBytes) running.kill("SIGKILL");
	}
	const how = await exited;
	clearTimeout(guard);
	return { ended, open, how };
}

/** Without what keeps the runtime from writing where tests or a CI run: a user's environment has none of it. */
function asUsers(): NodeJS.ProcessEnv {
	const { CI: _ci, ORT_DISABLE_TELEMETRY: _telemetry, ...environment } = process.env;
	return environment;
}
