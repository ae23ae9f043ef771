// Calls of openai-node, straight to the mock and through the gateway. Prints each difference; the status is 1 if there is one.
import { readFileSync } from 'node:fs';
import OpenAI, { toFile } from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';

const [direct, gateway] = process.argv.slice(2);
const SHOWN = 600;
const MESSAGES = [{ role: 'user', content: 'Hi' }];
const ANSWER = z.object({ answer: z.number() });
const WEATHER = { type: 'function', function: { name: 'weather', strict: true, parameters: { type: 'object', properties: {}, required: [], additionalProperties: false } } };
const RUNNABLE = { type: 'function', function: { name: 'weather', description: 'of today', parse: JSON.parse, function: () => 'sunny', parameters: { type: 'object', properties: {} } } };
// Of these the gateway has its own values, so only their presence is compared.
const OWN = ['x-request-id', 'request_id', '_request_id', 'requestID'];
const COMPARED = ['content-type', 'openai-processing-ms', 'openai-version', 'openai-organization', 'x-ratelimit-remaining-requests', 'x-request-id', 'retry-after', 'x-should-retry'];

const client = (address) => new OpenAI({ baseURL: `${address}/v1`, apiKey: 'key', maxRetries: 0 });
const file = () => toFile(Buffer.from([0, 1, 255, 127, 10, 13]), 'näme "1".bin');
const all = async (iterable) => { const seen = []; for await (const each of iterable) seen.push(each); return seen; };
const headers = (response) => Object.fromEntries(COMPARED.map((name) => [name, OWN.includes(name) ? response.headers.has(name) : response.headers.get(name)?.split(';')[0]]));
const bytes = async (response) => Buffer.from(await response.arrayBuffer()).toString('base64');

async function events(stream, names) {
  const seen = [];
  names.forEach((name) => stream.on(name, (...values) => seen.push([name, JSON.stringify(values)])));
  await stream.done();
  return seen;
}

const modelFlows = {
  'chat': (c) => c.chat.completions.create({ model: 'gpt-4o', messages: MESSAGES, temperature: 0.5, seed: 1, future: { a: [1.50, null] } }),
  'chat streamed': async (c) => all(await c.chat.completions.create({ model: 'gpt-4o', messages: MESSAGES, stream: true, stream_options: { include_usage: true } })),
  'chat stream helper': (c) => events(c.chat.completions.stream({ model: 'gpt-4o', messages: MESSAGES }), ['content', 'content.delta', 'content.done', 'chunk', 'finalChatCompletion']),
  'chat stream as a ReadableStream': async (c) => new Response((await c.chat.completions.create({ model: 'gpt-4o', messages: MESSAGES, stream: true })).toReadableStream()).text(),
  'chat with a tool': (c) => c.chat.completions.create({ model: 'gpt-4o', messages: MESSAGES, tools: [WEATHER], tool_choice: 'auto' }),
  'chat with a tool, streamed': (c) => events(c.chat.completions.stream({ model: 'gpt-4o', messages: MESSAGES, tools: [WEATHER] }), ['chunk', 'tool_calls.function.arguments.done', 'finalChatCompletion']),
  'chat that runs tools': (c) => c.chat.completions.runTools({ model: 'gpt-4o', messages: MESSAGES, tools: [RUNNABLE] }).finalContent(),
  'chat that runs tools, streamed': (c) => c.chat.completions.runTools({ model: 'gpt-4o', messages: MESSAGES, stream: true, tools: [RUNNABLE] }).finalContent(),
  'chat parsed': (c) => c.chat.completions.parse({ model: 'gpt-4o', messages: MESSAGES, response_format: zodResponseFormat(ANSWER, 'answer') }),
  'chat parsed, streamed': async (c) => (await c.chat.completions.stream({ model: 'gpt-4o', messages: MESSAGES, response_format: zodResponseFormat(ANSWER, 'answer') }).finalChatCompletion()).choices[0].message.parsed,
  'completion': (c) => c.completions.create({ model: 'gpt-3.5-turbo-instruct', prompt: ['a', 'b'] }),
  'response': (c) => c.responses.create({ model: 'gpt-4o', input: 'Hi', metadata: { a: 'b' } }),
  'response streamed': async (c) => all(await c.responses.create({ model: 'gpt-4o', input: 'Hi', stream: true })),
  'response stream helper': async (c) => (await c.responses.stream({ model: 'gpt-4o', input: 'Hi' }).finalResponse()).output_text,
  'response parsed': async (c) => (await c.responses.parse({ model: 'gpt-4o', input: 'Hi', text: { format: zodTextFormat(ANSWER, 'answer') } })).output_parsed,
  'response retrieved': (c) => c.responses.retrieve('resp_1', { include: ['reasoning.encrypted_content'] }),
  'response retrieved as a stream': async (c) => all(await c.responses.retrieve('resp_1', { stream: true, starting_after: 1 })),
  'response deleted': (c) => c.responses.delete('resp_1'),
  'response cancelled': (c) => c.responses.cancel('resp_1'),
  'input items': async (c) => all(c.responses.inputItems.list('resp_1', { limit: 2 })),
  'beta response': (c) => c.beta.responses.create({ model: 'gpt-4o', input: 'Hi' }),
  'embedding': (c) => c.embeddings.create({ model: 'text-embedding-3-small', input: ['a', 'b'], encoding_format: 'float', dimensions: 2 }),
  'moderation': (c) => c.moderations.create({ model: 'omni-moderation-latest', input: 'Hi' }),
  'image': (c) => c.images.generate({ model: 'gpt-image-1', prompt: 'A cat' }),
  'image edit': async (c) => c.images.edit({ model: 'gpt-image-1', image: [await file(), await file()], prompt: 'A cat' }),
  'speech': async (c) => bytes(await c.audio.speech.create({ model: 'tts-1', input: 'Hi', voice: 'alloy' })),
  'transcription': async (c) => c.audio.transcriptions.create({ model: 'whisper-1', file: await file(), timestamp_granularities: ['word'] }),
  'translation': async (c) => c.audio.translations.create({ model: 'whisper-1', file: await file() }),
  'extra query and headers': (c) => c.chat.completions.create({ model: 'gpt-4o', messages: MESSAGES }, { query: { beta: true, 'a b': ['1', 'ü'] }, headers: { 'OpenAI-Beta': 'x=y' } }),
};

const objectFlows = {
  'file created': async (c) => c.files.create({ file: await file(), purpose: 'user_data', expires_after: { anchor: 'created_at', seconds: 3600 } }),
  'files, page by page': async (c) => all(c.files.list({ limit: 2, purpose: 'batch' })),
  'file': (c) => c.files.retrieve('id_retrieve'),
  'file content': async (c) => bytes(await c.files.content('id_content')),
  'file deleted': (c) => c.files.delete('id_retrieve'),
  'upload': (c) => c.uploads.create({ bytes: 6, filename: 'a', mime_type: 'text/plain', purpose: 'batch' }),
  'upload part': async (c) => c.uploads.parts.create('upload_1', { data: await file() }),
  'upload completed': (c) => c.uploads.complete('upload_1', { part_ids: ['part_1'] }),
  'batch': (c) => c.batches.create({ input_file_id: 'file_1', endpoint: '/v1/responses', completion_window: '24h' }),
  'batches, page by page': async (c) => all(c.batches.list({ limit: 2 })),
  'batch cancelled': (c) => c.batches.cancel('batch_1'),
  'vector store': (c) => c.vectorStores.create({ name: 'docs', file_ids: ['file_1'] }),
  'vector store searched': async (c) => all(c.vectorStores.search('vs_1', { query: 'Hi' })),
  'vector store file': (c) => c.vectorStores.files.create('vs_1', { file_id: 'file_1', attributes: { a: 1 } }),
  'vector store files': async (c) => all(c.vectorStores.files.list('vs_1', { limit: 2, filter: 'completed' })),
  'conversation': (c) => c.conversations.create({ items: [{ type: 'message', role: 'user', content: 'Hi' }] }),
  'conversation items': (c) => c.conversations.items.create('conv_1', { items: [{ type: 'message', role: 'user', content: 'Hi' }] }),
  'conversation items, page by page': async (c) => all(c.conversations.items.list('conv_1', { limit: 2 })),
  'stored completions': async (c) => all(c.chat.completions.list({ limit: 2, metadata: { a: 'b' } })),
  'container file': async (c) => c.containers.files.create('cntr_1', { file: await file() }),
};

const transportFlows = {
  'raw response': async (c) => { const raw = await c.chat.completions.create({ model: 'gpt-4o', messages: MESSAGES }).asResponse(); return [raw.status, headers(raw), await raw.json()]; },
  'response and data': async (c) => { const { data, response, request_id } = await c.embeddings.create({ model: 'text-embedding-3-small', input: 'a', encoding_format: 'float' }).withResponse(); return [data, headers(response), request_id != null]; },
  'raw stream': async (c) => { const raw = await c.chat.completions.create({ model: 'gpt-4o', messages: MESSAGES, stream: true }).asResponse(); return [raw.status, headers(raw), await raw.text()]; },
  'stream aborted by the client': async (c) => { const stream = await c.chat.completions.create({ model: 'endless', messages: MESSAGES, stream: true }); let seen = 0; for await (const each of stream) { seen++; stream.controller.abort(); } return seen; },
  'request aborted by a signal': (c) => c.chat.completions.create({ model: 'silent', messages: MESSAGES }, { signal: AbortSignal.timeout(300) }),
  'time out': (c) => c.chat.completions.create({ model: 'silent', messages: MESSAGES }, { timeout: 300 }),
  'error inside a stream': async (c) => all(await c.chat.completions.create({ model: 'broken-stream', messages: MESSAGES, stream: true })),
  'unknown id': (c) => c.files.retrieve('error-404'),
};
for (const status of [400, 404, 413, 422]) {
  transportFlows[`chat refused with ${status}`] = (c) => c.chat.completions.create({ model: `error-${status}`, messages: MESSAGES });
  transportFlows[`stream refused with ${status}`] = (c) => c.chat.completions.create({ model: `error-${status}`, messages: MESSAGES, stream: true });
  transportFlows[`response refused with ${status}`] = (c) => c.responses.create({ model: `error-${status}`, input: 'Hi' });
}
transportFlows['object refused with 409'] = (c) => c.vectorStores.retrieve('error-409');
// The gateway words these itself, since they speak against an instance: the class, the status and the wait are compared.
const ownWords = Object.fromEntries([429, 500, 503].map((status) => [`chat failed with ${status}`,
  (c) => c.chat.completions.create({ model: `error-${status}`, messages: MESSAGES })]));

const plain = (key, value) => OWN.includes(key) && value != null ? 'present' : value;

async function outcome(call, address, words) {
  try {
    const result = await call(client(address));
    return JSON.stringify({ result, requestId: result?._request_id != null }, plain);
  } catch (e) {
    const known = { class: e.constructor.name, status: e.status, retryAfter: Number(e.headers?.get('retry-after')) > 0, requestId: e.requestID != null };
    return JSON.stringify(words ? { ...known, message: e.message, code: e.code, param: e.param, type: e.type, headers: e.headers && headers(e) } : known);
  }
}

let different = 0;
const flows = [modelFlows, objectFlows, transportFlows].flatMap(Object.entries).map((flow) => [...flow, true]).concat(Object.entries(ownWords).map((flow) => [...flow, false]));
for (const [name, call, words] of flows) {
  const expected = await outcome(call, direct, words);
  const actual = await outcome(call, gateway, words);
  if (actual !== expected) {
    different++;
    console.log(`DIFFERENT: ${name}\n  direct:  ${expected.slice(0, SHOWN)}\n  gateway: ${actual.slice(0, SHOWN)}`);
  }
}
const version = JSON.parse(readFileSync(new URL('node_modules/openai/package.json', import.meta.url))).version;
console.log(`conformance: ${flows.length} flows of openai-node ${version}, ${different} different`);
process.exit(different === 0 ? 0 : 1);
