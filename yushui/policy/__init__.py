"""The law as dated, sourced, hashed data; the engine that applies it and the slow reference that checks it."""
