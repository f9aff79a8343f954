"""One practice from the request to its end: the coach, what watches beside it, keys, loops and plans."""
