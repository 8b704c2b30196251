/** The thread that a device's sessions live in. The one place where models run. */
import { performance } from "node:perf_hooks";
import * as ort from "onnxruntime-node";
import { SightlineError } from "../../errors.ts";
import { serveCalls } from "../thread/serveCalls.ts";
import type { DeviceArray, DeviceCalls, LoadRequest, RunReply, RunRequest } from "./protocol.ts";

// What goes wrong outside a session is thrown, and told in our words; the runtime need not print it as well.
ort.env.logLevel = "fatal";

const sessions = new Map<string, ort.InferenceSession>();

serveCalls<DeviceCalls>({
	async load(request) {
		await sessions.get(request.session)?.release();
		sessions.set(request.session, await createSession(request));
		return { value: undefined };
	},
	async run(request) {
		const reply = await run(request);
		return { value: reply, transfer: Object.values(reply.outputs).map(({ data }) => data.buffer as ArrayBuffer) };
	},
	async release({ session }) {
		await sessions.get(session)?.release();
		sessions.delete(session);
		return { value: undefined };
	},
});

async function createSession({ bytes, folder, provider, threads, logSeverity }: LoadRequest) {
	try {
		return await ort.InferenceSession.create(bytes, {
			executionProviders: [provider],
			// The runtime's memory arena and pattern stay on, as by default: without the arena ViT-Tiny with 75 layers at
			// n = 64 took 1.2 GB instead of 0.7, without the pattern it was slower.
			graphOptimizationLevel: "all",
			intraOpNumThreads: threads,
			// Threads that wait do not spin: they would take the cores from those that make images and answer requests.
			// Beside other work on two cores that was twice as fast.
			extra: {
				session: {
					intra_op: { allow_spinning: "0" },
					// Weights that lie in a file are mapped into memory from there.
					...(folder === null ? {} : { model_external_initializers_file_folder_path: folder }),
				},
				// onnxruntime 1.30 takes a Pad of zeros into a MaxPool that follows, which pads with minus infinity.
				optimization: { disable_specified_optimizers: "Pad_Fusion" },
			},
			logSeverityLevel: logSeverity,
		});
	} catch (error) {
		throw new SightlineError("BAD_INPUT", `onnxruntime (${provider}) refuses the model: ${messageOf(error)}`, {
			hint: "The message names the node; is the file whole, and its opset one that onnxruntime knows?",
		});
	}
}

async function run({ session: name, feeds, outputs }: RunRequest): Promise<RunReply> {
	const session = sessions.get(name);
	if (session === undefined) throw new Error(`no session ${name}`);
	const tensors = Object.entries(feeds).map(([tensor, { shape, data }]) => [
		tensor,
		new ort.Tensor("float32", data, shape),
	]);
	const start = performance.now();
	const results = await session.run(Object.fromEntries(tensors), outputs).catch((error: unknown) => {
		throw new SightlineError("BAD_INPUT", `onnxruntime cannot run the model: ${messageOf(error)}`, {
			hint: "The message names the node. If it speaks of memory, ask for smaller batches.",
		});
	});
	const seconds = (performance.now() - start) / 1000;
	return { outputs: Object.fromEntries(outputs.map((output) => [output, float32s(output, results[output])])), seconds };
}

function float32s(name: string, result: ort.Tensor | undefined): DeviceArray {
	if (!(result?.data instanceof Float32Array)) {
		throw new SightlineError("BAD_INPUT", `the output ${name} is ${result?.type ?? "missing"}, not float32`);
	}
	return { shape: result.dims, data: result.data };
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
