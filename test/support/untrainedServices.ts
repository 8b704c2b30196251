/** What the API stands on with a real engine: small untrained models, opened from files as any model is, on the CPU. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import type { Anatomy } from "../../src/anatomy/anatomy.ts";
import type { Architecture } from "../../src/architecture/architecture.ts";
import { writeSafetensors } from "../../src/checkpoint/safetensors.ts";
import { modelOpener } from "../../src/data/modelFile.ts";
import { createEngine } from "../../src/engine/createEngine.ts";
import { openDevices } from "../../src/engine/devices.ts";
import { threadedImageReader } from "../../src/engine/images/imageReader.ts";
import { executeQuery } from "../../src/graphql/execute.ts";
import type { Services } from "../../src/graphql/services.ts";
import { MemoryStore } from "../../src/store/memory.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { float32s, fromFloat32s } from "../../src/tensor/values.ts";
import type { ModelEntry } from "../../src/zoo/entry.ts";
import { plusMinusOne } from "../../src/zoo/preprocessing.ts";
import { fakeServices } from "./fakeServices.ts";
import { leavesBatches } from "./leavesBatches.ts";
import { runModel } from "./runModel.ts";
import { untrainedWeights } from "./untrained.ts";

/** The sides of the images of `leaves`: nothing is resized, so that a test can feed the same pixels by itself. */
const common = { imageSide: 64, classes: 30, normEpsilon: 1e-6 } as const;
const vit = {
	family: "vit",
	...common,
	patch: 16,
	width: 16,
	depth: 2,
	heads: 4,
	mlpRatio: 2,
	pooling: "cls",
} as const;

/** Grids of 4 x 4 patches, 2 blocks; of the ResNet 3 units, of which the first and the last have a projection. */
export const smallArchitectures = {
	vit,
	"vit-noskip": { ...vit, withoutSkips: [1] },
	"vit-gap": { ...vit, pooling: "gap" },
	"vit-one-head": { ...vit, heads: 1 },
	resnet: { family: "resnet", ...common, stem: { kernel: 3, width: 8, pooling: false }, width: 8, units: [2, 1] },
} as const satisfies Readonly<Record<string, Architecture>>;

/** "vit-noskip" has the weights of "vit", and lacks the skips of its last block. */
const weightsOf = (id: string): string => (id === "vit-noskip" ? "vit" : id);

/** Closed when the tests of the file are done. */
export async function untrainedServices(
	architectures: Readonly<Record<string, Architecture>> = smallArchitectures,
): Promise<Services> {
	const folder = await mkdtemp(join(tmpdir(), "sightline-"));
	const models = await Promise.all(
		Object.entries(architectures).map(async ([id, architecture]): Promise<ModelEntry> => {
			const file = `${id}.safetensors`;
			await writeFile(join(folder, file), writeSafetensors(untrainedWeights(weightsOf(id), architecture)));
			const source = { kind: "safetensors", file, architecture } as const;
			const meant = {
				preprocessing: plusMinusOne,
				labels: "leaves",
				standsFor: null,
				analogyEnds: null,
				overrides: {},
				expected: null,
			};
			return { id, title: `${id}, untrained`, source, ...meant };
		}),
	);
	const store = new MemoryStore();
	const openModel = modelOpener(models, folder);
	const devices = await openDevices("cpu", { threads: 1 });
	const engine = createEngine({ store, devices, images: threadedImageReader(), openModel });
	afterAll(async () => {
		await engine.close();
		await rm(folder, { recursive: true });
	});
	return { ...fakeServices(), store, engine, models, openModel };
}

/** Tensors of a model on the first images of the split "test", in the order of their names: the engine has no part in it. */
export async function tensorsOf(
	{ openModel }: Services,
	id: string,
	images: number,
	namesOf: (anatomy: Anatomy) => readonly string[],
): Promise<readonly Float32Array[]> {
	const { model, anatomy } = await openModel(id);
	const side = smallArchitectures.vit.imageSide;
	const [batch] = leavesBatches(side, "test", images, images);
	const pixels = fromFloat32s([images, 3, side, side], batch?.pixels ?? []);
	const names = namesOf(anatomy);
	const found = await runModel(model, { [anatomy.input.tensor]: pixels }, names);
	return names.map((name) => float32s(found.get(name) as Tensor)); // all that were asked for are given
}

/** The answer's data, with whatever was asked in it. */
// biome-ignore lint/suspicious/noExplicitAny: what is asked differs from test to test
export async function dataOf(services: Services, query: string): Promise<any> {
	const { data, errors } = await executeQuery(services, { query });
	expect(errors).toBeUndefined();
	return data;
}

/** The one error of a query that is refused. */
export async function refusalOf(services: Services, query: string) {
	const { errors } = await executeQuery(services, { query });
	const [error] = errors ?? [];
	return { message: error?.message, ...error?.extensions };
}
