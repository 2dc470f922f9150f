"""The operations of AWS Security Token Service, one file per subject."""
