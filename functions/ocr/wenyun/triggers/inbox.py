"""Objects of the inbox, in order: what arrived last is what its results tell of.

Events come twice and out of order, and two objects of one name may be read at the same time. The
register knows the newest. Who is not the newest writes nothing; who finds, after it has written,
that it is not the newest any more has the newest read once more, for one of its files may have
been written over.
"""

from dataclasses import dataclass

from wenyun.deadline import Deadline
from wenyun.errors import WenyunError
from wenyun.observe.facts import note
from wenyun.stores.letters import Post
from wenyun.stores.register import Register, stamp_of
from wenyun.triggers.documents import Documents
from wenyun.triggers.events import Arrival, told_again
from wenyun.triggers.picture import LongDocumentError, PictureTrigger
from wenyun.triggers.told import told


class NotTheNewestError(Exception):
    """A newer object of that name arrived, or its results are written already."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """Reads what arrives.

    Args:
        picture: Reads what can be read at once.
        documents: Takes what cannot; None where nobody does.
        register: Knows the newest object of each name; None: every arrival is taken for that.
        post: Where an object is told of again; None where there is no queue.

    """

    picture: PictureTrigger
    documents: Documents | None = None
    register: Register | None = None
    post: Post | None = None

    def read(
        self, arrival: Arrival, deadline: Deadline, request_id: str, attempts: int = 1
    ) -> None:
        """Read one object, or leave it to those who read documents.

        Args:
            arrival: Which.
            deadline: When the results must have been written.
            request_id: Stands in the results.
            attempts: How often it was begun, this time included.

        Raises:
            StoreFaultError: A store could not do it now.
            WenyunError: With a code that says nothing about the object.

        """
        with told(arrival, request_id, attempts):
            self._read(arrival, deadline, request_id, attempts)

    def _read(self, arrival: Arrival, deadline: Deadline, request_id: str, attempts: int) -> None:
        if not self.picture.concerns(arrival):
            note(code="ignored")
            return
        try:
            self._claim(arrival)
            self.picture.read(arrival, deadline, request_id, lambda: self._check(arrival))
        except NotTheNewestError as error:
            note(code=str(error))
            if attempts > 1:
                # An attempt that broke off may have written among the files of the newest.
                self._once_more(arrival)
            return
        except LongDocumentError as long:
            assert self.documents
            self.documents.accept(arrival, long.stored, long.options)
            return
        self._finish(arrival)

    def refuse(self, arrival: Arrival, error: WenyunError, request_id: str) -> None:
        """Leave an error file, unless there is something newer to say; raises StoreFaultError."""
        if not self.picture.concerns(arrival):
            return
        try:
            self._claim(arrival)
        except NotTheNewestError:
            return
        self.picture.refuse(arrival, error, request_id)
        self._finish(arrival)

    def _claim(self, arrival: Arrival) -> None:
        stamp = stamp_of(arrival.sequencer)
        if stamp and self.register:
            standing = self.register.claim(arrival.bucket, arrival.key, stamp)
            if standing != "newest":
                raise NotTheNewestError(standing)

    def _check(self, arrival: Arrival) -> None:
        stamp = stamp_of(arrival.sequencer)
        if stamp and self.register:
            standing = self.register.standing(arrival.bucket, arrival.key, stamp)
            if standing != "newest":
                raise NotTheNewestError(standing)

    def _finish(self, arrival: Arrival) -> None:
        stamp = stamp_of(arrival.sequencer)
        if not stamp or not self.register:
            return
        if not self.register.finish(arrival.bucket, arrival.key, stamp):
            self._once_more(arrival)

    def _once_more(self, arrival: Arrival) -> None:
        if self.register and self.post:
            read_again(self.register, self.post, arrival.bucket, arrival.key)


def read_again(register: Register, post: Post, bucket: str, key: str) -> None:
    """Have the newest object of a name read once more, as an older one wrote beside it."""
    newest = register.newest(bucket, key)
    if newest:
        register.reopen(bucket, key, newest)
        post.send(told_again(Arrival(bucket, key, newest)))
