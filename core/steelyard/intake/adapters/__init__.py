"""Ways into records: files, queries and APIs become batches of text."""
