#!/usr/bin/env bash
# Check the types of the page's modules, which are written in their comments.
set -euo pipefail
cd "$(dirname "$0")/../../.."
compiler=.tools/page/node_modules/typescript/bin/tsc
if command -v node >/dev/null && [ -f "$compiler" ]; then
  exec node "$compiler" -p tests/browser/tools/tsconfig.json
fi
echo "The page's types are not checked: Node.js or TypeScript is not installed"
[ "${CI:-}" != true ]
