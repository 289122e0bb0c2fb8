#!/usr/bin/env python3
"""Starts the training worker: `python3 serve.py --help`."""

from quatrain_worker.service.main import main

if __name__ == "__main__":
    raise SystemExit(main())
