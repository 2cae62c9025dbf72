"""English: may lag behind Dutch."""
