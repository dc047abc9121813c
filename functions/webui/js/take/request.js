/** The request that gave an answer, as a command or a program to take away. */

/**
 * `key` says that the service wants one; it is never written out.
 * @typedef {{url: string, name: string, options: Record<string, string>, key: boolean}} Request
 */

/** Stands where the reader's own key goes. */
const KEY = "YOUR_API_KEY";

/**
 * For a POSIX shell. The text of an option is sent as it stands, with no meaning for curl.
 * @param {Request} request
 */
export function asCurl({ url, name, options, key }) {
  const parts = [
    `curl ${quoted(url)}`,
    ...(key ? [`-H ${quoted(`x-api-key: ${KEY}`)}`] : []),
    ...Object.entries(options).map(([field, value]) => `--form-string ${quoted(`${field}=${value}`)}`),
    `-F ${quoted(`image=@${curlName(name)}`)}`,
  ];
  return parts.join(" \\\n  ");
}

/**
 * With nothing but Python's own library.
 * @param {Request} request
 */
export function asPython({ url, name, options, key }) {
  const fields = Object.entries(options).map(
    ([field, value]) => `    ${literal(field)}: ${literal(value)},\n`,
  );
  return `import json
import urllib.parse
import urllib.request

options = {${fields.length ? `\n${fields.join("")}` : ""}}
with open(${literal(name)}, "rb") as file:
    request = urllib.request.Request(
        ${literal(`${url}?`)} + urllib.parse.urlencode(options),
        data=file.read(),
        headers={
            "Content-Type": "application/octet-stream",
${key ? `            "X-Api-Key": ${literal(KEY)},\n` : ""}        },
    )
with urllib.request.urlopen(request) as response:
    answer = json.load(response)

for line in answer["text"]:
    print(f'{line["confidence"]:.2f}', line["text"])
`;
}

/**
 * The same file as a job, for what is too large to wait for.
 * @param {Request} request Its address is that of the jobs.
 */
export function asJobCurl(request) {
  const how = request.key ? `-H ${quoted(`x-api-key: ${KEY}`)} ` : "";
  return `${asCurl(request)}

# The answer names the job; ask for it until its state is "succeeded":
curl ${how}${quoted(`${request.url}/JOB_ID`)}
`;
}

/**
 * Announce, upload, wait, fetch.
 * @param {Request} request Its address is that of the jobs.
 */
export function asJobPython({ url, name, options, key }) {
  const fields = Object.entries(options).map(
    ([field, value]) => `    ${literal(field)}: ${literal(value)},\n`,
  );
  const headers = key ? `{"x-api-key": ${literal(KEY)}}` : "{}";
  return `import pathlib
import time

import requests

JOBS = ${literal(url)}
HEADERS = ${headers}
file = pathlib.Path(${literal(name)})
options = {${fields.length ? `\n${fields.join("")}` : ""}}

note = {"name": file.name, "size": file.stat().st_size, "options": options}
job = requests.post(JOBS, json=note, headers=HEADERS).json()
upload = job["upload"]
with file.open("rb") as data:
    requests.post(upload["url"], data=upload["fields"], files={"file": data}).raise_for_status()

while True:
    state = requests.get(f'{JOBS}/{job["job_id"]}', headers=HEADERS).json()
    if state["state"] in ("succeeded", "failed"):
        break
    time.sleep(2)

print(requests.get(state["results"]["text"]).text if state["results"] else state["error"])
`;
}

/**
 * One word for a POSIX shell.
 * @param {string} text
 */
function quoted(text) {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * curl reads ";" and "," in a file's name as its own, unless the name stands in quotes.
 * @param {string} name
 */
function curlName(name) {
  if (!/[;,"\\]/.test(name)) return name;
  return `"${name.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/**
 * A string of Python: JSON's escapes are Python's too.
 * @param {string} text
 */
function literal(text) {
  return JSON.stringify(text);
}
