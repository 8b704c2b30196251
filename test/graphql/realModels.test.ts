import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readCatalogue } from "../../src/data/catalogue.ts";
import { createEngine } from "../../src/engine/createEngine.ts";
import { openDevices } from "../../src/engine/devices.ts";
import { executeQuery } from "../../src/graphql/execute.ts";
import { MemoryStore } from "../../src/store/memory.ts";
import { fakeServices } from "../support/fakeServices.ts";
import { realEntries } from "../support/realEntries.ts";
import { sharedData } from "../support/sharedData.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const { hits }: { readonly hits: number } = JSON.parse(
	readFileSync(new URL("../fixtures/photographs/photographs.json", import.meta.url), "utf8"),
);

test.skipIf(sharedData === null)(
	"ViT-Tiny is right on as many photographs as in PyTorch, CIFAR ResNets on the images that they are known to be right on (needs SIGHTLINE_TEST_DATA)",
	async () => {
		const folder = await temporaryFolder();
		await writeFile(join(folder, "sightline.json"), JSON.stringify(realEntries(sharedData ?? "")));
		const catalogue = await readCatalogue(folder);
		const store = new MemoryStore();
		const engine = createEngine({ ...catalogue, store, devices: await openDevices("cpu") });
		onTestFinished(() => engine.close());
		const query = `{
			vitTiny: model(id: "vit-tiny") { ...Photographs }
			resnet56: model(id: "resnet56") { ...Cifar }
			resnet20: model(id: "resnet20") { ...Cifar }
		}
		fragment Photographs on Model {
			accuracy(images: { set: "photographs", split: "all", count: 200, batchSize: 40 }) { top1 { hits count } }
		}
		fragment Cifar on Model {
			accuracy(images: { set: "cifar10", split: "all", count: 1500, batchSize: 100 }) { top1 { hits count } }
		}`;
		const { data, errors } = await executeQuery({ ...fakeServices(), ...catalogue, store, engine }, { query });
		expect(errors).toBeUndefined();
		expect(data).toEqual({
			vitTiny: { accuracy: { top1: { hits, count: 200 } } },
			resnet56: { accuracy: { top1: { hits: 1500, count: 1500 } } },
			resnet20: { accuracy: { top1: { hits: 1498, count: 1500 } } },
		});
	},
	120_000,
);
