// Reads a document with the official JavaScript client: node read.mjs ENDPOINT FILE, the key in API_KEY.
// Prints one JSON object: the content, the words of the first page, and the status of a GET after the delete.

import { readFile } from "node:fs/promises";
import { argv, env, stdout } from "node:process";
import DocumentIntelligence, {
  getLongRunningPoller,
  isUnexpected,
  parseResultIdFromResponse,
} from "@azure-rest/ai-document-intelligence";

const [endpoint, file] = argv.slice(2);
const model = "prebuilt-read";
const result = "/documentModels/{modelId}/analyzeResults/{resultId}";

const client = DocumentIntelligence(endpoint, { key: env.API_KEY }, { allowInsecureConnection: true });
const started = await client.path("/documentModels/{modelId}:analyze", model).post({
  contentType: "application/octet-stream",
  body: await readFile(file),
  // JavaScript counts the characters of a string in this unit.
  queryParameters: { stringIndexType: "utf16CodeUnit" },
});
if (isUnexpected(started)) {
  throw started.body.error;
}
const resultId = parseResultIdFromResponse(started);
const { body } = await getLongRunningPoller(client, started).pollUntilDone();
const { content, pages } = body.analyzeResult;
const deleted = await client.path(result, model, resultId).delete();
const gone = await client.path(result, model, resultId).get();

stdout.write(
  JSON.stringify({
    content,
    words: pages[0].words.map(({ span }) => content.slice(span.offset, span.offset + span.length)),
    deleted: deleted.status,
    gone: [gone.status, gone.body.error.code],
  }),
);
