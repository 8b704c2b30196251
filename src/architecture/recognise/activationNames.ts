/** The words that config.json has for activations. */
import { SightlineError } from "../../errors.ts";
import type { Activation } from "../activation.ts";

const names: Readonly<Record<string, Activation>> = {
	gelu: "gelu",
	gelu_new: "geluTanh",
	gelu_fast: "geluTanh",
	gelu_tanh: "geluTanh",
	gelu_pytorch_tanh: "geluTanh",
	quick_gelu: "quickGelu",
	silu: "silu",
	swish: "silu",
	relu: "relu",
};

/** @throws SightlineError BAD_INPUT with the words that are known */
export function activationNamed(name: string): Activation {
	const activation = Object.hasOwn(names, name) ? names[name] : undefined;
	if (activation !== undefined) return activation;
	const known = Object.keys(names).join(", ");
	throw new SightlineError("BAD_INPUT", `config.json: the activation is "${name}"; known are ${known}`);
}
