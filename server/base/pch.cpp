// The precompiled headers stand on this file; it has nothing of its own.
