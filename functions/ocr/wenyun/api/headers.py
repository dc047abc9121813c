"""Headers that every answer carries: request id, CORS, and what browsers need to stay safe."""

from starlette.datastructures import MutableHeaders

from wenyun.settings import Settings

API_CSP = "default-src 'none'; frame-ancestors 'none'"
"""For answers that are data: should a browser show one, nothing in it may load or run."""

PAGE_CSP = (
    "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""For pages that we serve: everything from here, pictures from memory too."""

CHINA = "cn-"
"""How the regions begin whose addresses end in another domain."""

HTTPS_ONLY = "max-age=31536000"
"""For a year, browsers that came by HTTPS come by nothing else."""

EXPOSED = "x-request-id, retry-after, content-disposition, x-ocr-warnings"
"""Headers that a page of another origin may read."""

_PREFLIGHT = {
    "access-control-allow-methods": "GET, HEAD, POST, DELETE, OPTIONS",
    "access-control-allow-headers": "content-type, x-api-key",
    # Two hours is the longest that Chromium believes.
    "access-control-max-age": "7200",
}


def page_csp(settings: Settings) -> str:
    """`PAGE_CSP`, and where the deployment's buckets are: files and results of jobs go past us."""
    buckets = dict.fromkeys(filter(None, (settings.upload_bucket, settings.result_bucket)))
    if not (buckets and settings.region):
        return PAGE_CSP
    domain = "amazonaws.com.cn" if settings.region.startswith(CHINA) else "amazonaws.com"
    places = (f"https://{bucket}.s3.{settings.region}.{domain}" for bucket in buckets)
    return f"{PAGE_CSP}; connect-src 'self' {' '.join(places)}"


def add_common(headers: MutableHeaders, request_id: str, scheme: str) -> None:
    """Add the request id and the safe defaults to an answer that did not choose its own."""
    if scheme == "https":
        headers["strict-transport-security"] = HTTPS_ONLY
    headers["x-request-id"] = request_id
    headers.setdefault("x-content-type-options", "nosniff")
    headers.setdefault("referrer-policy", "no-referrer")
    headers.setdefault("content-security-policy", API_CSP)
    headers.setdefault("cache-control", "no-store")


def add_cors(headers: MutableHeaders, origin: str | None, allowed: tuple[str, ...]) -> None:
    """Let pages of the allowed origins read the answer; `*` allows all."""
    if "*" in allowed:
        headers["access-control-allow-origin"] = "*"
    else:
        headers.add_vary_header("origin")
        if origin is None or origin not in allowed:
            return
        headers["access-control-allow-origin"] = origin
    headers["access-control-expose-headers"] = EXPOSED


def add_preflight(headers: MutableHeaders) -> None:
    """Say what a page of another origin may send."""
    headers.update(_PREFLIGHT)
