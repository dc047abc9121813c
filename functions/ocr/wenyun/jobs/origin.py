"""Jobs that nobody sent: a document in the inbox is a job whose id says which object it reads.

Whoever hears of the object again comes to the same job, an object written over it to another one.
Such an id begins with a letter that no random id has, so no address of the API leads to it.
"""

import hashlib

MARK = "i"
_SCHEME = "s3://"


def inbox_job(bucket: str, key: str, stamp: str) -> str:
    """The id of the job that reads an object.

    Args:
        bucket: Where it lies.
        key: Under what name.
        stamp: What tells it from others of that name: S3's sequencer, or the ETag.

    """
    parts = "".join(f"{len(part)}:{part}" for part in (bucket, key, stamp))
    return MARK + hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def from_inbox(job_id: str) -> bool:
    """Whether a job reads an object of the inbox."""
    return job_id.startswith(MARK)


def object_name(bucket: str, key: str) -> str:
    """The name of such a job: where its object lies."""
    return f"{_SCHEME}{bucket}/{key}"


def object_place(name: str) -> tuple[str, str]:
    """Bucket and key out of the name."""
    bucket, _, key = name.removeprefix(_SCHEME).partition("/")
    return bucket, key
