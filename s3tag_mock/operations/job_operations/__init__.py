"""The operations that jobs run, one file a subject; a new one is a record in a file here, and nothing else.

Tasks that are calls of S3 are done by the very function that serves the single call, so a task fails exactly
as the call would. Sources: user guide, "Operations supported by S3 Batch Operations", and CreateJob's shapes;
ResultMessages OBSERVED in published rows.
"""
