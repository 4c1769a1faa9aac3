"""Where output lives that is too large for the body of a result: a directory, or anything that speaks S3's API."""

from coderunner_core.objects.protocol import ObjectInfo, ObjectMissing, ObjectStore, ObjectStoreAway, StoredObject
from coderunner_core.objects.store import open_objects

__all__ = ["ObjectInfo", "ObjectMissing", "ObjectStore", "ObjectStoreAway", "StoredObject", "open_objects"]
