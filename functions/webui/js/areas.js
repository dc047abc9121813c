/** Areas of a picture as options: "x,y,w,h", several joined by semicolons. */

/** @typedef {import("./types.js").Areas} Areas */

export const AREA_TYPES = ["area", "areas"];

/**
 * What was drawn on a picture, in pixels of the file.
 * @param {Areas} areas
 * @returns {Record<string, string>}
 */
export function areaFields({ region, ignore }) {
  const written = (/** @type {number[]} */ area) => area.map(Math.round).join(",");
  return {
    ...(region ? { region: written(region) } : {}),
    ...(ignore.length > 0 ? { ignore: ignore.map(written).join(";") } : {}),
  };
}

/**
 * Areas are in pixels of the file; a picture that is sent smaller needs them smaller too.
 * @param {Record<string, string>} fields
 * @param {import("./api.js").Option[]} options
 * @param {number} scale
 */
export function scaleAreas(fields, options, scale) {
  const areas = options.filter(({ type }) => AREA_TYPES.includes(type)).map(({ name }) => name);
  const scaled = { ...fields };
  for (const name of areas.filter((area) => scale !== 1 && area in scaled)) {
    scaled[name] = scaled[name].replace(/\d+(\.\d+)?/g, (n) => String(Math.round(+n * scale)));
  }
  return scaled;
}
