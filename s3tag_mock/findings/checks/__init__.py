"""One module for each subject, with a function ``findings(run)``; a new module is found automatically."""
