/** A device and the sessions that live on it, in a worker thread of its own. */
import { availableParallelism } from "node:os";
import type { Provider } from "../../plan/pass.ts";
import { startThread } from "../thread/thread.ts";
import type { DeviceArray, DeviceCalls, RunReply } from "./protocol.ts";
import type { SessionModel } from "./sessionModel.ts";

export interface DeviceDescription {
	readonly provider: Provider;
	/** In words: "Intel Xeon, 2 threads". */
	readonly name: string;
	/** Of onnxruntime. */
	readonly runtimeVersion: string;
	/** Threads of the CPU that compute; the order of sums within an operator depends on it. */
	readonly threads: number;
}

export interface Device extends DeviceDescription {
	/**
	 * A session of a model. It is kept, so that the next pass with the same key starts at once, until others take its place.
	 * @param key names the model and what was added to it
	 * @param encode the model, asked for where no session is kept; its bytes move to the device's thread
	 */
	session(key: string, encode: () => Promise<SessionModel>): Promise<Session>;
	close(): Promise<void>;
}

export interface Session {
	/** Runs queue up and are done in order. The feeds' buffers are given away. */
	run(feeds: Readonly<Record<string, DeviceArray>>, outputs: readonly string[]): Promise<RunReply>;
}

export interface DeviceOptions {
	readonly name: string;
	readonly runtimeVersion: string;
	/** Default: as many as the process may use. */
	readonly threads?: number;
	/** 2 warnings, 1 also which node runs where: written by the runtime to stderr. Default: 3, errors. */
	readonly logSeverity?: 0 | 1 | 2 | 3 | 4;
}

/** A session holds a model's weights and its working memory: the one in use, and one to come back to. */
const sessionsKept = 2;

export function openDevice(provider: Provider, options: DeviceOptions): Device {
	const { name, runtimeVersion, threads = availableParallelism(), logSeverity = 3 } = options;
	keepToOneself();
	const thread = startThread<DeviceCalls>(new URL("./deviceWorker.ts", import.meta.url));
	/** By key, the least recently used first. */
	const sessions = new Map<string, Promise<Session>>();

	async function load(key: string, encode: () => Promise<SessionModel>): Promise<Session> {
		const model = await encode();
		const { bytes, folder } = model;
		const request = { session: key, provider, bytes, folder, threads, logSeverity };
		try {
			await thread.call("load", request, [bytes.buffer as ArrayBuffer]); // made by the encoder, not shared
		} finally {
			await model.release?.();
		}
		return {
			run: (feeds, outputs) => {
				const buffers = Object.values(feeds).map(({ data }) => data.buffer as ArrayBuffer); // as above
				return thread.call("run", { session: key, feeds, outputs }, buffers);
			},
		};
	}

	return {
		provider,
		name,
		runtimeVersion,
		threads,
		session(key, encode) {
			const kept = sessions.get(key);
			sessions.delete(key);
			// Room is made first, so that no more than `sessionsKept` ever take memory.
			for (const [oldest] of [...sessions].slice(0, sessions.size - (sessionsKept - 1))) {
				sessions.delete(oldest);
				thread.call("release", { session: oldest }).catch(() => {}); // the thread is gone, and the session with it
			}
			const session = kept ?? load(key, encode);
			sessions.set(key, session);
			session.catch(() => sessions.get(key) === session && sessions.delete(key));
			return session;
		},
		close: () => thread.close(),
	};
}

/**
 * Since 1.29 the runtime reports sessions to its maker, with the model's file name, producer and hashes of graph and weights,
 * and leaves an identifier and a database in the home folder, unless this variable is set before it is loaded. It reads
 * the process's own environment, of which a worker thread has a copy only: hence here. Whoever wants it sets it to 0.
 */
function keepToOneself(): void {
	process.env.ORT_DISABLE_TELEMETRY ??= "1";
}
