"""The operations of the Resource Groups Tagging API, one file per subject."""
