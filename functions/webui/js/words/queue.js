/**
 * Words of what comes in: files, jobs, samples, history, in its two languages. `{name}` is filled in.
 * @type {import("../types.js").Lexicon}
 */
export const queue = {
  en: {
    snap: "Take a photo",
    samples: "Samples",
    queue: "Files",
    history: "History",
    cancelled: "Stopped",
  },
  zh: {
    snap: "拍照",
    samples: "示例",
    queue: "文件",
    history: "历史记录",
    cancelled: "已停止",
  },
};
