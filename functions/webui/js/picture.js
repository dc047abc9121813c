/** A file as a picture: what the browser can show of it, and another copy where it must be one. */

/** @typedef {import("./api.js").Limits} Limits */
/** @typedef {{blob: Blob, name: string, scale: number}} Parcel */

const QUALITY = 0.9;
const ATTEMPTS = 6;

/**
 * Decode a file; null for what this browser cannot show (PDF, TIFF, HEIC, damaged files).
 * The image is turned as its EXIF says, and so are its naturalWidth and naturalHeight.
 * @param {File} file
 * @returns {Promise<HTMLImageElement | null>}
 */
export async function openPicture(file) {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
    return image;
  } catch {
    URL.revokeObjectURL(image.src);
    return null;
  }
}

/** @param {HTMLImageElement | null} image */
export function closePicture(image) {
  if (image) URL.revokeObjectURL(image.src);
}

/**
 * What is sent: the file itself, or a JPEG of it where it is over the limits or of a kind that
 * this browser shows but the service does not read (HEIC, AVIF, SVG).
 * @param {File} file
 * @param {HTMLImageElement | null} image
 * @param {Limits | null} limits
 * @param {boolean} readable Whether the service reads this kind.
 * @returns {Promise<Parcel>} `scale` is the sent picture's size over the file's.
 */
export async function pack(file, image, limits, readable) {
  const whole = { blob: file, name: file.name, scale: 1 };
  if (!image || !limits) return whole;
  const pixels = image.naturalWidth * image.naturalHeight;
  if (readable && file.size <= limits.bytes && pixels <= limits.pixels) return whole;
  return (await shrink(image, file.name, limits)) ?? whole;
}

/**
 * @param {HTMLImageElement} image
 * @param {string} name
 * @param {Limits} limits
 * @returns {Promise<Parcel | null>}
 */
async function shrink(image, name, limits) {
  let scale = Math.min(1, Math.sqrt(limits.pixels / (image.naturalWidth * image.naturalHeight)));
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const blob = await redraw(image, scale);
    if (!blob) return null;
    if (blob.size <= limits.bytes) return { blob, name: name.replace(/(\.\w+)?$/, ".jpg"), scale };
    scale *= Math.min(0.9, 0.95 * Math.sqrt(limits.bytes / blob.size));
  }
  return null;
}

/**
 * @param {HTMLImageElement} image
 * @param {number} scale
 * @returns {Promise<Blob | null>}
 */
function redraw(image, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.floor(image.naturalWidth * scale));
  canvas.height = Math.max(1, Math.floor(image.naturalHeight * scale));
  const context = canvas.getContext("2d");
  if (!context) return Promise.resolve(null);
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}
