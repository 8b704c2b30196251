/** Whether a GPU is worth it for a model: a few batches on each device, timed. */
import type { Anatomy } from "../../anatomy/anatomy.ts";
import type { PlannedModel, Provider } from "../../plan/pass.ts";
import { elementCount } from "../../tensor/tensor.ts";
import type { Device } from "./device.ts";
import { sessionModel } from "./sessionModel.ts";

export interface Trial {
	readonly model: string;
	/** Seconds a batch of `trialImages` took on each device, the fastest of `trialRuns`; null where it failed. */
	readonly seconds: readonly { readonly provider: Provider; readonly seconds: number | null }[];
	readonly fastest: Provider;
}

const trialImages = 16;
const trialRuns = 3;

/** @param devices the first is kept where no other is faster */
export async function tryDevices(open: PlannedModel, devices: readonly Device[]): Promise<Trial> {
	const seconds = [];
	for (const device of devices) seconds.push({ provider: device.provider, seconds: await timed(open, device) });
	const usable = seconds.filter((one): one is { provider: Provider; seconds: number } => one.seconds !== null);
	const fastest = usable.reduce<{ provider: Provider; seconds: number } | undefined>(
		(best, one) => (best === undefined || one.seconds < best.seconds ? one : best),
		undefined,
	);
	return { model: open.identity.id, seconds, fastest: fastest?.provider ?? "cpu" };
}

/** A device that cannot run the model loses the trial. */
async function timed({ model, anatomy, identity }: PlannedModel, device: Device): Promise<number | null> {
	try {
		const session = await device.session(`trial ${identity.digest}`, () => sessionModel(model));
		const run = async () => (await session.run(zeros(anatomy), [anatomy.output.tensor])).seconds;
		await run(); // compiles shaders, sizes the memory
		let best = Number.POSITIVE_INFINITY;
		for (let index = 0; index < trialRuns; index++) best = Math.min(best, await run());
		return best;
	} catch {
		return null;
	}
}

function zeros({ input }: Anatomy) {
	const shape = [trialImages, input.channels, input.height, input.width];
	return { [input.tensor]: { shape, data: new Float32Array(elementCount(shape)) } };
}
