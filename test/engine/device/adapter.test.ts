import { expect, test } from "vitest";
import { findAdapter, type GraphicsSystem } from "../../../src/engine/device/adapter.ts";

const radeon = '{"ICD": {"library_path": "/usr/lib/x86_64-linux-gnu/libvulkan_radeon.so"}}';
const lavapipe = '{"ICD": {"library_path": "libvulkan_lvp.so"}}';
const swiftShader = '{"file_format_version": "1.0.0", "ICD": {"library_path": "./libvk_swiftshader.so"}}';

/** A Linux machine with these files; folders are what stands before the last slash. */
function linux(
	files: Readonly<Record<string, string>>,
	environment: Readonly<Record<string, string>> = {},
): GraphicsSystem {
	return {
		platform: "linux",
		environment,
		home: "/home/ada",
		list: (folder) =>
			Object.keys(files).flatMap((file) => (file.startsWith(`${folder}/`) ? [file.slice(folder.length + 1)] : [])),
		read: (file) => files[file] ?? "",
	};
}

test("a card with its driver is hardware, named by its maker", () => {
	const system = linux({
		"/usr/share/vulkan/icd.d/radeon_icd.x86_64.json": radeon,
		"/usr/share/vulkan/icd.d/lvp_icd.x86_64.json": lavapipe,
		"/dev/dri/renderD128": "",
		"/sys/class/drm/renderD128/device/vendor": "0x1002\n",
	});
	expect(findAdapter(system)).toMatchObject({ kind: "hardware", name: "AMD" });
});

test("drivers without a card leave the software one", () => {
	const files = { "/usr/share/vulkan/icd.d/radeon.json": radeon, "/usr/share/vulkan/icd.d/lvp.json": lavapipe };
	const adapter = findAdapter(linux(files));
	expect(adapter).toMatchObject({ kind: "software", name: "lavapipe" });
	expect(adapter.evidence).toContain("/dev/dri/renderD*");
	expect(findAdapter(linux({ "/usr/share/vulkan/icd.d/radeon.json": radeon }))).toMatchObject({ kind: "none" });
});

test.each(["VK_DRIVER_FILES", "VK_ICD_FILENAMES"])("SwiftShader named by %s is software, card or not", (variable) => {
	const files = {
		"/usr/share/vulkan/icd.d/radeon.json": radeon,
		"/dev/dri/renderD128": "",
		"/opt/swiftshader.json": swiftShader,
	};
	expect(findAdapter(linux(files, { [variable]: "/opt/swiftshader.json" }))).toMatchObject({
		kind: "software",
		name: "SwiftShader",
		evidence: expect.stringContaining("the only Vulkan drivers are software"),
	});
});

test("without any driver there is no adapter", () => {
	expect(findAdapter(linux({ "/dev/nvidia0": "" }))).toEqual({
		kind: "none",
		name: "none",
		evidence: "no Vulkan driver is installed",
	});
});

test("macOS has Metal", () => {
	expect(findAdapter({ ...linux({}), platform: "darwin" })).toMatchObject({ kind: "hardware", name: "Metal" });
});
