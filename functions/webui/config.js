/**
 * Where the API is. "" means: in the folder that serves this page. Elsewhere, write its address,
 * for example "https://api.example.com/Prod/". It must be https, or on this machine.
 * @type {string}
 */
export const api = "";
