/** One measurement in a process of its own, so that memory and caches are its own: prints its result as JSON. */
import { measureCachedReport } from "./cachedReport.ts";
import { measureFirstAnswer } from "./firstAnswer.ts";
import { measureRates } from "./rates.ts";
import { subjects } from "./subjects.ts";

const [task = "", id = ""] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await run()));

async function run(): Promise<unknown> {
	if (task === "cachedReport") return measureCachedReport();
	const subject = subjects.find((one) => one.id === id);
	if (subject === undefined) throw new Error(`no subject "${id}"`);
	return task === "rates" ? measureRates(await subject.open(), subject.batchSize) : measureFirstAnswer(subject);
}
