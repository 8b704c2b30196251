/**
 * What stands behind WebGPU on this machine. The runtime does not tell the adapter's name, so it is found out the way
 * the Vulkan loader does: which drivers are declared, and whether there is a card for them to drive.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

export interface Adapter {
	/** "software" computes on the CPU, slower than the CPU's own provider: for tests, never taken by itself. */
	readonly kind: "hardware" | "software" | "none";
	/** In words. */
	readonly name: string;
	/** How we know. */
	readonly evidence: string;
}

/** What is looked at. */
export interface GraphicsSystem {
	readonly platform: string;
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly home: string;
	/** Names in a folder; none where there is no such folder. */
	list(folder: string): readonly string[];
	/** A file's text; empty where it cannot be read. */
	read(file: string): string;
}

export function findAdapter(system: GraphicsSystem = thisSystem()): Adapter {
	if (system.platform === "darwin") {
		return { kind: "hardware", name: "Metal", evidence: "macOS computes with Metal, which has no software device" };
	}
	if (system.platform === "win32") {
		const evidence = "Windows does not say whether a card is behind Direct3D 12; only a trial can tell";
		return { kind: "hardware", name: "Direct3D 12", evidence };
	}
	return vulkanAdapter(system);
}

function vulkanAdapter(system: GraphicsSystem): Adapter {
	const drivers = vulkanDrivers(system);
	const cards = graphicsCards(system);
	if (drivers.length === 0) return { kind: "none", name: "none", evidence: "no Vulkan driver is installed" };
	if (drivers.every((driver) => driver.software)) {
		const name = drivers.map((driver) => driver.name).join(", ");
		return { kind: "software", name, evidence: `the only Vulkan drivers are software: ${name}` };
	}
	if (cards.length > 0) {
		return { kind: "hardware", name: cards.join(", "), evidence: `${cards.join(", ")}, with a Vulkan driver` };
	}
	const evidence = "Vulkan drivers are installed, but there is no card: neither /dev/dri/renderD* nor /dev/nvidia*";
	const software = drivers.find((driver) => driver.software);
	return software === undefined
		? { kind: "none", name: "none", evidence }
		: { kind: "software", name: software.name, evidence: `${evidence}; ${software.name} computes on the CPU` };
}

interface VulkanDriver {
	readonly name: string;
	readonly software: boolean;
}

/** Manifests as the loader finds them: named by a variable, else in the folders of the XDG and FHS standards. */
function vulkanDrivers(system: GraphicsSystem): VulkanDriver[] {
	const { environment, home } = system;
	const named = environment.VK_DRIVER_FILES || environment.VK_ICD_FILENAMES;
	const files = named?.split(":") ?? [
		...["/etc", "/usr/local/etc", "/usr/local/share", "/usr/share", environment.XDG_DATA_HOME ?? `${home}/.local/share`]
			.map((root) => join(root, "vulkan", "icd.d"))
			.flatMap((folder) => system.list(folder).map((name) => join(folder, name))),
		...(environment.VK_ADD_DRIVER_FILES?.split(":") ?? []),
	];
	return files
		.map((file) => /"library_path"\s*:\s*"([^"]+)"/.exec(system.read(file))?.[1])
		.filter((library) => library !== undefined)
		.map((library) => {
			const software = softwareDrivers.find(({ pattern }) => pattern.test(library));
			return { name: software?.name ?? library, software: software !== undefined };
		});
}

const softwareDrivers = [
	{ pattern: /swiftshader/i, name: "SwiftShader" },
	{ pattern: /lvp|lavapipe|llvmpipe/i, name: "lavapipe" },
	{ pattern: /mock/i, name: "a mock driver" },
] as const;

/** By PCI number. */
const vendors: Readonly<Record<string, string>> = {
	"0x10de": "NVIDIA",
	"0x1002": "AMD",
	"0x8086": "Intel",
	"0x13b5": "Arm",
	"0x5143": "Qualcomm",
};

/** Each card that a process may open, by its maker. */
function graphicsCards(system: GraphicsSystem): string[] {
	const rendering = system
		.list("/dev/dri")
		.filter((name) => name.startsWith("renderD"))
		.map((name) => vendors[system.read(`/sys/class/drm/${name}/device/vendor`).trim()] ?? `/dev/dri/${name}`);
	const nvidia = system.list("/dev").some((name) => /^nvidia\d+$/.test(name)) ? ["NVIDIA"] : [];
	return [...new Set([...rendering, ...nvidia])];
}

function thisSystem(): GraphicsSystem {
	return {
		platform: process.platform,
		environment: process.env,
		home: homedir(),
		list: (folder) => (existsSync(folder) ? readdirSync(folder) : []),
		read(file) {
			try {
				return readFileSync(file, "utf8");
			} catch {
				return "";
			}
		},
	};
}
