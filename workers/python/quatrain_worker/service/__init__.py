"""The service: HTTP, processes, delivery. It imports nothing but the standard library; torch lives in the jobs."""
