import { authorization, endSession, session } from './session.js';

const NO_ANSWER = 'The operator does not answer. Is the port-forward or proxy still running?';

// By RFC 9457; status 0 where there was no answer at all.
export class Problem extends Error {
  constructor({ status, title, detail, parameter, findings }) {
    super(detail || title);
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.parameter = parameter;
    this.findings = findings || [];
  }
}

async function problemOf(response) {
  const plain = { status: response.status, title: response.statusText || `Status ${response.status}` };
  if (!(response.headers.get('Content-Type') || '').startsWith('application/problem+json')) {
    return new Problem(plain);
  }
  try {
    return new Problem({ ...plain, ...await response.json() });
  } catch {
    return new Problem(plain);
  }
}

// Paths are relative to the page, which may lie below any prefix.
export async function send(path, { token = session.get().token, headers = {}, ...options } = {}) {
  let response;
  try {
    response = await fetch(path, { ...options, headers: { ...headers, ...authorization(token) }, cache: 'no-store' });
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    throw new Problem({ status: 0, title: 'No answer', detail: NO_ANSWER });
  }
  if (response.ok) {
    return response;
  }
  const problem = await problemOf(response);
  // A late answer to an old token must not end the session of a new one.
  if (response.status === 401 && token === session.get().token) {
    endSession(problem.message);
  }
  throw problem;
}

async function json(path, options) {
  const response = await send(path, options);
  return response.json();
}

function query(parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  return given.length ? `?${new URLSearchParams(given)}` : '';
}

export const overview = (options) => json('api/v1/overview', options);
export const exposure = (options) => json('api/v1/exposure', options);
export const platform = (options) => json('api/v1/platform', options);
export const namespace = (name, options) => json(`api/v1/namespaces/${encodeURIComponent(name)}`, options);
export const rules = (parameters, options) => json(`api/v1/rules${query(parameters)}`, options);
export const graph = (parameters, options) => json(`api/v1/graph${query(parameters)}`, options);
export const explain = (parameters, options) => json(`api/v1/explain${query(parameters)}`, options);
export const reach = (direction, parameters, options) => json(`api/v1/${direction}${query(parameters)}`, options);
export const whatIf = (yaml, parameters, options) => json(`api/v1/what-if${query(parameters)}`,
  { ...options, method: 'POST', body: yaml, headers: { 'Content-Type': 'application/yaml' } });
export const connectionsAsCsv = async (namespaces) =>
  (await send(`api/v1/connectivity${query({ output: 'csv', namespaces })}`)).blob();
