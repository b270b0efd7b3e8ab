# Read by llama.cpp's build (see .cargo/config.toml): the engine uses the library alone.
set(LLAMA_BUILD_COMMON OFF CACHE BOOL "" FORCE)
