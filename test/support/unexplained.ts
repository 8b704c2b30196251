/** The places in an answer of the API where a value is null without a reason in the same object or around it. */
export function unexplained(value: unknown, path: string, explained = false): string[] {
	if (value === null) return explained ? [] : [path];
	if (Array.isArray(value)) return value.flatMap((item, index) => unexplained(item, `${path}[${index}]`, explained));
	if (typeof value !== "object") return [];
	const fields = Object.entries(value);
	const hasReason = fields.some(
		([name, field]) => (name === "reason" && Boolean(field)) || (name === "reasons" && Object(field).length > 0),
	);
	return fields
		.filter(([name, field]) => !(field === null && describing.test(name)))
		.flatMap(([name, field]) => unexplained(field, `${path}.${name}`, explained || hasReason));
}

/** Fields that say what something is: null is a full answer. */
const describing =
	/^(?:block|stage|side|layer|residual|cls|residual|tokenGrid|classToken|pooling|labels|card|\w*[pP]rovenance|reason)$/;
