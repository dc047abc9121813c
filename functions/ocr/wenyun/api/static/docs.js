// Draws openapi.json: every route with its options, bodies, answers and a curl line to copy.

const element = (name, text = "", ...children) => {
  const made = document.createElement(name);
  made.textContent = text;
  made.append(...children);
  return made;
};

const table = (titles, rows) => {
  const cells = (kind, row) => element("tr", "", ...row.map((text) => element(kind, text)));
  const made = element("table", "", element("thead", "", cells("th", titles)),
    element("tbody", "", ...rows.map((row) => cells("td", row))));
  const wide = element("div", "", made);
  wide.className = "wide";
  return wide;
};

const typeOf = (schema) => {
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(" | ");
  if (schema.enum) return schema.enum.join(" | ");
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.type === "array") return `[${typeOf(schema.items)}]`;
  return [schema.type ?? "any"].flat().join(" | ") + (schema.format ? ` (${schema.format})` : "");
};

const shapeOf = (answer) => {
  const [content] = Object.values(answer.content ?? {});
  return content ? typeOf(content.schema) : "";
};

const fields = (schema) => table(["Name 名称", "Type 类型", "Default 默认", "Meaning 含义"],
  Object.entries(schema.properties ?? {}).map(([name, item]) => [
    name + ((schema.required ?? []).includes(name) ? " *" : ""), typeOf(item),
    item.default === undefined ? "" : JSON.stringify(item.default), item.description ?? "",
  ]));

const folded = (title, content) => element("details", "", element("summary", title), content);

const curls = (url) => [
  `curl -F image=@photo.jpg -F lang=zh ${url}`,
  `curl -H 'Content-Type: image/jpeg' --data-binary @photo.jpg '${url}?lang=zh'`,
  `printf '{"image":"%s","lang":"zh"}' "$(base64 < photo.jpg | tr -d "\\n")" | ` +
    `curl -H 'Content-Type: application/json' -d @- ${url}`,
].join("\n");

const example = (method, path) => {
  const url = new URL(`..${path}`, new URL("./", document.baseURI)).href;
  if (path === "/api/ocr") return element("pre", curls(url));
  const how = { post: "-F image=@document.pdf ", delete: "-X DELETE " }[method] ?? "";
  return element("pre", `curl ${how}${url}`);
};

const route = (path, method, operation) => {
  const title = element("h2", "", element("b", method.toUpperCase()), element("code", path));
  const made = element("section", "", title, element("p", operation.summary),
    element("p", (operation.description ?? "").replaceAll("`", "")), example(method, path));
  for (const [type, body] of Object.entries(operation.requestBody?.content ?? {})) {
    if (!body.schema.properties) made.append(element("p", `${type}: the file itself 文件内容`));
    else made.append(folded(`Body 请求体: ${type}`, fields(body.schema)));
  }
  made.append(element("h3", "Answers 响应"), table(["Status 状态", "Shape 结构", "Meaning 含义"],
    Object.entries(operation.responses).map(([status, answer]) => [
      status, shapeOf(answer), answer.description.replaceAll("`", ""),
    ])));
  return made;
};

const shapes = (schemas) => element("section", "", element("h2", "Shapes 结构"),
  ...Object.entries(schemas).filter(([, schema]) => schema.properties)
    .map(([name, schema]) => folded(name, fields(schema))));

const draw = (api) => {
  document.querySelector("#version").textContent = api.info.version;
  document.querySelector("#about").textContent = api.info.description;
  const routes = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => route(path, method, operation)));
  document.querySelector("#routes").replaceChildren(...routes, shapes(api.components.schemas));
};

try {
  const answer = await fetch("openapi.json");
  if (!answer.ok) throw new Error(`openapi.json: ${answer.status}`);
  draw(await answer.json());
} catch (error) {
  document.querySelector("#routes").replaceChildren(element("p", String(error)));
}
