/** One measurement in a process of its own, so that memory and caches are its own: prints its result as JSON. */
import { measureAllPairs, writeRecords } from "./allPairs.ts";
import { measureCachedReport } from "./cachedReport.ts";
import { measureFirstAnswer } from "./firstAnswer.ts";
import { measureRates } from "./rates.ts";
import { subjects } from "./subjects.ts";

/** What the task is about: a subject's id, or a folder. */
const [task = "", id = ""] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await run()));

async function run(): Promise<unknown> {
	if (task === "cachedReport") return measureCachedReport();
	if (task === "writeRecords") return writeRecords(id);
	if (task === "allPairs") return measureAllPairs(id);
	const subject = subjects.find((one) => one.id === id);
	if (subject === undefined) throw new Error(`no subject "${id}"`);
	return task === "rates" ? measureRates(await subject.open(), subject.batchSize) : measureFirstAnswer(subject);
}
