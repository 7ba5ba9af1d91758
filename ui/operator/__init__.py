"""The operator's page: how the archive is, and what is added to it."""

UPLOADS = "/operator/articles"  # where files are sent to, larger than other requests
