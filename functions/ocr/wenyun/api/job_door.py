"""Where files go in and results come out of the embedded server, signed instead of keyed."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wenyun.errors import WenyunError
from wenyun.jobs.desk import UPLOAD_SECONDS
from wenyun.jobs.signing import Signer
from wenyun.stores.jobs import Job

LINK_SECONDS = 3600.0
"""For so long a result's address is good; asking for the job gives a new one."""

UPLOAD_FIELDS = ("expires", "signature")


@dataclass(frozen=True, slots=True)
class LocalDoor:
    """Our own addresses.

    Args:
        base: What the client reaches us at, as in `https://host/Prod`; may be a mere path.
        signer: Signs.
        clock: Seconds since 1970.

    """

    base: str
    signer: Signer
    clock: Callable[[], float] = time.time

    def upload(self, job: Job) -> dict[str, Any]:
        """Where the job's file goes, and the fields to send before it."""
        expires = str(int(job.created + UPLOAD_SECONDS))
        return {
            "url": f"{self.base}/api/jobs/{job.id}/file",
            "fields": {
                "expires": expires,
                "signature": self.signer.sign("upload", job.id, expires),
            },
        }

    def check_upload(self, job_id: str, fields: dict[str, Any]) -> None:
        """Refuse an upload that we did not sign; raises `unauthorized`."""
        expires, signature = (str(fields.get(name, "")) for name in UPLOAD_FIELDS)
        if not self.signer.check(signature, self.clock(), expires, "upload", job_id):
            raise WenyunError(
                "unauthorized",
                "The upload is not signed, or its time is over: send the fields that came with "
                "its address before the file, or announce the job again.",
                "上传未签名或已过期：请先发送返回的 fields 字段再发送文件，或重新创建任务。",
            )

    def result(self, job: Job, name: str) -> str:
        """Where one form of the result is, for an hour."""
        expires = str(int(min(self.clock() + LINK_SECONDS, job.expires)))
        signature = self.signer.sign("result", job.id, name, expires)
        query = f"expires={expires}&signature={signature}"
        return f"{self.base}/api/jobs/{job.id}/results/{name}?{query}"

    def check_result(self, job_id: str, name: str, expires: str, signature: str) -> None:
        """Refuse an address that we did not sign; raises `unauthorized`."""
        if not self.signer.check(signature, self.clock(), expires, "result", job_id, name):
            raise WenyunError(
                "unauthorized",
                "This address is not ours or its time is over: ask for the job again.",
                "链接无效或已过期：请重新查询任务。",
            )
