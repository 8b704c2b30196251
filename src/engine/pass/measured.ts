/** The answer to a measurement, from its records. */
import type { Store } from "../../store/store.ts";
import type { DeviceDescription } from "../device/device.ts";
import type { MeasuredRecords, Provenance } from "../engine.ts";
import type { Job } from "./job.ts";
import type { RecordHeader } from "./record.ts";
import { recordAt } from "./recordAt.ts";

/** @param device named where there is no record to name it (no batch was large enough) */
export function measured(job: Job, store: Store, cached: boolean, device: DeviceDescription): MeasuredRecords {
	const records = [...job.records].sort(([, a], [, b]) => a.index - b.index);
	return {
		...job.site,
		measurement: job.measurement,
		records: records.map(([address, { index, images }]) => recordAt(store, { address, index, images }, true)),
		provenance: provenanceOf(
			records.map(([, record]) => record),
			cached,
			device,
		),
	};
}

/** Records of one answer may come from passes on several days and devices: all are named, the latest day counts. */
function provenanceOf(records: readonly RecordHeader[], cached: boolean, device: DeviceDescription): Provenance {
	const origins = records.map((record) => record.origin);
	const devices = new Set(origins.map((origin) => origin.device));
	return {
		device: [...devices].join("; ") || device.name,
		versions: mergedVersions(origins.map((origin) => origin.versions)),
		seconds: origins.reduce((sum, origin) => sum + origin.seconds, 0),
		cached,
		measuredAt:
			origins
				.map((origin) => origin.measuredAt)
				.sort()
				.at(-1) ?? "",
	};
}

/** "1.30.0", or "1.29.0; 1.30.0" where records differ. */
function mergedVersions(all: readonly Readonly<Record<string, string>>[]): Readonly<Record<string, string>> {
	const merged = new Map<string, Set<string>>();
	for (const versions of all) {
		for (const [name, version] of Object.entries(versions)) {
			merged.set(name, (merged.get(name) ?? new Set()).add(version));
		}
	}
	return Object.fromEntries([...merged].map(([name, versions]) => [name, [...versions].join("; ")]));
}
