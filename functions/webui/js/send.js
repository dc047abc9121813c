/** One item's way to the service and back. */
import { readPicture } from "./api.js";
import { scaleAreas } from "./options/values.js";
import { openPicture, pack } from "./picture.js";

/** @typedef {import("./types.js").Item} Item */
/** @typedef {import("./api.js").Offer} Offer */

/**
 * @param {() => Promise<Offer | null>} offering
 * @param {(offer: Offer | null) => {fields: Record<string, string>, key: string}} ask
 *   What the page asks for now.
 * @returns {import("./reader.js").Way}
 */
export function createWay(offering, ask) {
  return async (item, signal, tell) => {
    const image = item.image ?? (await openPicture(item.file)).image;
    tell({ image });
    const offer = await offering();
    const { fields, key } = ask(offer);
    const parcel = await pack({ file: item.file, image }, offer?.limits ?? null);
    const areas = areaFields(item.areas);
    const options = scaleAreas({ ...fields, ...areas }, offer?.options ?? [], parcel.scale);
    tell({ status: "reading", scale: parcel.scale });
    const answer = await readPicture(parcel.blob, parcel.name, options, key, signal);
    return { answer, options };
  };
}

/**
 * What was drawn on the picture, as options; in pixels of the file.
 * @param {import("./types.js").Areas} areas
 */
function areaFields({ region, ignore }) {
  /** @type {Record<string, string>} */
  const fields = {};
  const written = (/** @type {number[]} */ area) => area.map(Math.round).join(",");
  if (region) fields.region = written(region);
  if (ignore.length > 0) fields.ignore = ignore.map(written).join(";");
  return fields;
}
