/**
 * Files of torch.save (.bin, .pt, .pth, .ckpt): pickles, which are programs. To read one is to run what a stranger wrote,
 * so they are recognised and refused.
 */
import { SightlineError } from "../errors.ts";

/** How torch.save's old format begins: a pickle of protocol 2 to 5; the zip of today is told by its members. */
export function isPickle(head: Uint8Array): boolean {
	const [first = 0, protocol = 0] = head;
	return first === 0x80 && protocol >= 2 && protocol <= 5;
}

/** The member of torch.save's zip that is the pickle. */
export function isPickledArchive(members: readonly { readonly name: string }[]): boolean {
	return members.some(({ name }) => /(?:^|\/)data\.pkl$/.test(name));
}

export function pickleRefused(origin: string): SightlineError {
	const file = JSON.stringify(origin.replace(/.*[\\/]/, ""));
	const load = `torch.load(${file}, map_location="cpu", weights_only=True)`;
	const command = `from safetensors.torch import save_file; import torch; save_file(${load}, "model.safetensors")`;
	return new SightlineError("BAD_INPUT", `${origin} is a PyTorch pickle, which could run anything when it is read`, {
		hint: `Convert it where you trust it: python -c '${command}'`,
	});
}
