-- It has no status: what it says counts as soon as it is stored. What comes of it stands on every Segment.
return {status = "Healthy", message = "In force. The status of every Segment shows what the names come to."}
