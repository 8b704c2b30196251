import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readHubSettings } from "../../../src/data/remote/hubSettings.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const settingsOf = async (variables: Record<string, string>, home = "/nowhere") => readHubSettings({ variables, home });

async function fileWith(folder: string, name: string, text: string): Promise<string> {
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, name), text);
	return join(folder, name);
}

test("with no variable it is the Hub itself, without a token", async () => {
	expect(await settingsOf({})).toEqual({ endpoint: "https://huggingface.co", token: null, offline: false });
});

test("HF_ENDPOINT names a mirror, which may be a path of its host", async () => {
	const { endpoint } = await settingsOf({ HF_ENDPOINT: "https://hub.example.org/api/hf//" });
	expect(endpoint).toBe("https://hub.example.org/api/hf");
});

test.each(["hub.example.org", "ftp://hub", "https://me:secret@hub", "https://hub/?a=1", "https://hub/#a", "https://"])(
	"HF_ENDPOINT %s is refused, and not repeated",
	async (HF_ENDPOINT) => {
		const settings = settingsOf({ HF_ENDPOINT });
		await expect(settings).rejects.toMatchObject({ code: "BAD_INPUT" });
		await expect(settings).rejects.not.toThrow("secret");
	},
);

test("HF_TOKEN goes before HUGGING_FACE_HUB_TOKEN, and both before a file", async () => {
	const home = await temporaryFolder();
	const file = await fileWith(join(home, ".cache", "huggingface"), "token", "hf_file\n");
	const both = { HF_TOKEN: " hf_first\n", HUGGING_FACE_HUB_TOKEN: "hf_second" };
	expect((await settingsOf(both, home)).token).toEqual({ value: "hf_first", source: "HF_TOKEN" });
	const second = { HF_TOKEN: "", HUGGING_FACE_HUB_TOKEN: "hf_second" };
	expect((await settingsOf(second, home)).token).toEqual({ value: "hf_second", source: "HUGGING_FACE_HUB_TOKEN" });
	expect((await settingsOf({}, home)).token).toEqual({ value: "hf_file", source: file });
});

test("the token's file is that of HF_TOKEN_PATH, of HF_HOME, of XDG_CACHE_HOME", async () => {
	const folder = await temporaryFolder();
	const HF_TOKEN_PATH = await fileWith(folder, "mine", "hf_path");
	await fileWith(join(folder, "hf"), "token", "hf_home");
	await fileWith(join(folder, "caches", "huggingface"), "token", "hf_caches");
	const HF_HOME = join(folder, "hf");
	const XDG_CACHE_HOME = join(folder, "caches");
	const tokenOf = async (variables: Record<string, string>) => (await settingsOf(variables)).token?.value;
	expect(await tokenOf({ HF_TOKEN_PATH, HF_HOME, XDG_CACHE_HOME })).toBe("hf_path");
	expect(await tokenOf({ HF_HOME, XDG_CACHE_HOME })).toBe("hf_home");
	expect(await tokenOf({ XDG_CACHE_HOME })).toBe("hf_caches");
});

test("what no header can hold is no token, and is not repeated", async () => {
	const settings = settingsOf({ HF_TOKEN: "hf_a\nX-Evil: 1" });
	await expect(settings).rejects.toMatchObject({
		code: "BAD_INPUT",
		message: "the token of HF_TOKEN holds characters that no token has",
	});
});

test.each([
	["1", true],
	["true", true],
	["ON", true],
	["yes", true],
	["0", false],
	["", false],
	["off", false],
])('HF_HUB_OFFLINE "%s" is offline: %s', async (value, offline) => {
	expect((await settingsOf({ HF_HUB_OFFLINE: value })).offline).toBe(offline);
	expect((await settingsOf({ TRANSFORMERS_OFFLINE: value })).offline).toBe(offline);
});
