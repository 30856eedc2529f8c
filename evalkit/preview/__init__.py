"""The preview: a report in the browser that follows what its writer saves."""
