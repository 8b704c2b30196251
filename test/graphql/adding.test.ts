import { readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createAdding } from "../../src/cli/adding.ts";
import { readCatalogue } from "../../src/data/catalogue.ts";
import { fetchModel } from "../../src/data/remote/modelAddress.ts";
import type { NetworkPolicy } from "../../src/data/remote/networkPolicy.ts";
import { commandLinePolicy, requestPolicy } from "../../src/data/remote/networkPolicy.ts";
import { keepNoChecks } from "../../src/data/stored/checkImages.ts";
import { executeQuery } from "../../src/graphql/execute.ts";
import { startServer } from "../../src/graphql/server.ts";
import type { Services } from "../../src/graphql/services.ts";
import { encodeModel } from "../../src/onnx/encode.ts";
import { fakeServices } from "../support/fakeServices.ts";
import { startHubServer } from "../support/hubServer.ts";
import { pictureFolder, threeClasses } from "../support/pictureFolder.ts";
import { remoteFilesOf } from "../support/remoteFiles.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { tinyModel } from "../support/tiny.ts";

const graph = () => encodeModel(tinyModel("vit"));

/** A folder with a model and pictures, and the services of a server that was started in it. */
async function setUp(policy: NetworkPolicy = commandLinePolicy) {
	const pictures = Object.entries(threeClasses).map(([file, content]) => [`pictures/${file}`, content] as const);
	const folder = await pictureFolder({ ...Object.fromEntries(pictures), "tiny.onnx": graph() });
	const hub = await startHubServer();
	const { remote } = await remoteFilesOf(hub, {}, { policy });
	const catalogue = await readCatalogue(folder, {
		locate: async (address) => (await fetchModel(remote, address)).file,
	});
	const services: Services = {
		...fakeServices(),
		models: catalogue.models,
		openModel: catalogue.openModel,
		get imageSets() {
			return catalogue.imageSets;
		},
		openImageSet: catalogue.openImageSet,
		folder,
		adding: createAdding({ folder, remote, checks: keepNoChecks, onAdded: catalogue.reload }),
	};
	return { folder, hub, services };
}

interface Reply {
	readonly data?: Record<string, Record<string, unknown>>;
	readonly errors?: readonly {
		readonly message: string;
		readonly extensions: { readonly code: string; readonly hint: string };
	}[];
}

async function served(services: Services, host = "127.0.0.1") {
	const server = await startServer(services, { port: 0, host });
	onTestFinished(() => server.close());
	return async (query: string): Promise<Reply> => {
		const headers = { "content-type": "application/json" };
		const response = await fetch(`${server.url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) });
		return (await response.json()) as Reply;
	};
}

const entriesOf = async (folder: string) => JSON.parse(await readFile(join(folder, "sightline.json"), "utf8"));
const refusal = async (answer: Promise<Reply>) => (await answer).errors?.[0];

test("without --allow-add nothing is added, by nobody", async () => {
	const { folder, services } = await setUp();
	const without = { ...services, adding: null };
	const ask = await served(without);
	for (const mutation of ['addModel(model: "tiny.onnx") { notes }', 'addImages(path: "pictures") { id }']) {
		expect(await refusal(ask(`mutation { ${mutation} }`))).toMatchObject({
			message: "nothing is added here",
			extensions: { code: "BAD_INPUT", hint: expect.stringContaining("--allow-add") },
		});
		const { errors } = await executeQuery(without, { query: `mutation { ${mutation} }` });
		expect(errors?.[0]?.message).toBe("nothing is added here");
	}
	await expect(entriesOf(folder)).rejects.toThrow("ENOENT");
});

test("a model and images of the working folder are added, and named from then on", async () => {
	const { folder, services } = await setUp();
	const ask = await served(services);
	const added = await ask(`mutation {
		addModel(model: "./tiny.onnx", id: "mine", labels: "pictures") { notes model { id labels blocks { index } } }
		addImages(path: "pictures", title: "Ours", upright: true) { id title digest splits { name count } }
	}`);
	expect(added.errors).toBeUndefined();
	expect(added.data).toMatchObject({
		addModel: {
			notes: [expect.stringContaining("pixels in -1..1")],
			model: { id: "mine", labels: "pictures", blocks: [{ index: 0 }, { index: 1 }] },
		},
		addImages: { id: "pictures", title: "Ours" },
	});
	expect(await entriesOf(folder)).toMatchObject({
		models: [{ id: "mine", source: { file: "tiny.onnx" }, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
		imageSets: [{ id: "pictures", upright: true, digest: added.data?.addImages?.digest }],
	});
	const { data } = await ask(`{ models { id } imageSet(id: "pictures") { title } }`);
	expect(data).toMatchObject({ imageSet: { title: "Ours" }, models: expect.arrayContaining([{ id: "mine" }]) });
});

test("no entry that is there is changed", async () => {
	const { folder, services } = await setUp();
	const ask = await served(services);
	const add = (title: string) => `mutation { addModel(model: "tiny.onnx", title: "${title}") { notes } }`;
	await ask(add("First"));
	expect(await refusal(ask(add("Second")))).toMatchObject({ message: expect.stringContaining('"tiny" is the id of') });
	const sets = `mutation { addImages(path: "pictures") { id } }`;
	await ask(sets);
	expect(await refusal(ask(sets))).toMatchObject({ message: expect.stringContaining('"pictures" is the id of') });
	expect((await entriesOf(folder)).models[0].title).toBe("First");
});

test("an address is fetched with its commit, also for other machines; they may name no path", async () => {
	const { folder, hub, services } = await setUp();
	const commit = hub.publish("tiny/vit", { "model.onnx": graph() });
	const ask = await served(services, "0.0.0.0");
	const { data } = await ask(`mutation { addModel(model: "hf:tiny/vit") { model { id family } } }`);
	expect(data).toEqual({ addModel: { model: { id: "vit", family: "VIT" } } });
	expect((await entriesOf(folder)).models[0].source.file).toBe(`hf:tiny/vit@${commit}:model.onnx`);
	for (const mutation of ['addModel(model: "tiny.onnx") { notes }', 'addImages(path: "pictures") { id }']) {
		expect(await refusal(ask(`mutation { ${mutation} }`))).toMatchObject({
			message: "paths are added for clients on the server's own machine alone",
		});
	}
});

test.each([
	["by plain http", (hub: string) => `${hub}/model.onnx`, "only https is asked for on request"],
	["of a host that is not allowed", () => "https://example.org/model.onnx", "its host is not among those allowed"],
	["of this machine", () => "https://127.0.0.1/model.onnx", "its host is not among those allowed"],
])("an address %s is not fetched on request", async (_what, address, message) => {
	const { folder, hub, services } = await setUp(requestPolicy());
	const ask = await served(services);
	const answer = ask(`mutation { addModel(model: "${address(hub.cdn)}") { notes } }`);
	expect(await refusal(answer)).toMatchObject({ message: expect.stringContaining(message) });
	expect(hub.requests).toEqual([]);
	await expect(entriesOf(folder)).rejects.toThrow("ENOENT");
});

const outside = ["/etc/passwd", "../", "/home", "pictures/../../x.onnx", "/etc/x.onnx", "link.onnx", "links/ant"];

test.each(outside)(
	"%s, outside the working folder, is neither read nor added by a client of the server",
	async (path) => {
		const { folder, services } = await setUp();
		const elsewhere = await temporaryFolder();
		await writeFile(join(elsewhere, "secret.onnx"), graph());
		await symlink(join(elsewhere, "secret.onnx"), join(folder, "link.onnx"));
		await symlink(await pictureFolder(threeClasses), join(folder, "links"));
		const ask = await served(services);
		for (const asked of [
			`{ model(id: "${path}") { family } }`,
			`{ model(id: "${path}?withoutSkips=0") { family } }`,
			`{ imageSet(id: "${path}") { id } }`,
			`{ model(id: "vit-s") { accuracy(images: { set: "${path}" }) { images } } }`,
			`{ similarity(rows: { model: "${path}" }) { values } }`,
			`{ blockSimilarity(before: "vit-s", after: "${path}") { reason } }`,
			`{ model(id: "vit-s") { skipAblation(blocks: [0], trained: "${path}") { reason } } }`,
			`mutation { addModel(model: "${path}") { notes } }`,
			`mutation { addImages(path: "${path}") { id } }`,
		]) {
			expect(await refusal(ask(asked)), asked).toMatchObject({
				message: `${path} is not in the folder that the server was started in`,
				extensions: { code: "BAD_INPUT" },
			});
		}
	},
);

test("a path within the working folder is an id on its machine; one that is not there is told so", async () => {
	const { folder, services } = await setUp();
	const ask = await served(services);
	const { data } = await ask(`{
		model(id: "${folder}/tiny.onnx") { family }
		imageSet(id: "${folder}/pictures") { classNames }
	}`);
	expect(data).toEqual({ model: { family: "VIT" }, imageSet: { classNames: ["ant", "bee", "cat"] } });
	expect(await refusal(ask(`{ model(id: "${folder}/none.onnx") { family } }`))).toMatchObject({
		message: expect.stringContaining("there is no file"),
	});
});

test.each(["127.0.0.1", "0.0.0.0"])("a query never makes a server at %s fetch", async (host) => {
	const { hub, services } = await setUp();
	hub.publish("tiny/vit", { "model.onnx": graph() });
	const ask = await served(services, host);
	for (const address of ["hf:tiny/vit", "https://example.org/x.onnx", `${hub.cdn}/x.onnx`, "HTTP://169.254.169.254/"]) {
		expect(await refusal(ask(`{ model(id: "${address}") { family } }`))).toMatchObject({
			message: `${address} is an address, and a server fetches nothing that a query names`,
			extensions: { hint: expect.stringContaining("--allow-add") },
		});
	}
	expect(hub.requests).toEqual([]);
});

test("additions come one after the other, and not more than a few wait", async () => {
	const { folder, services } = await setUp();
	const ask = await served(services);
	const ids = Array.from({ length: 12 }, (_, index) => `m${index}`);
	const answers = await Promise.all(
		ids.map((id) => ask(`mutation { addModel(model: "tiny.onnx", id: "${id}") { notes } }`)),
	);
	const refused = answers.flatMap(({ errors = [] }) => errors);
	expect(refused.length).toBeGreaterThan(0);
	expect(refused.every(({ extensions: { code } }) => code === "LIMIT")).toBe(true);
	expect((await entriesOf(folder)).models).toHaveLength(ids.length - refused.length);
});
