# CMake toolchain: Emscripten, wherever it is installed (the distribution's package or an activated emsdk).
find_program(EM_CONFIG em-config REQUIRED)
execute_process(COMMAND ${EM_CONFIG} EMSCRIPTEN_ROOT OUTPUT_VARIABLE emscripten_root OUTPUT_STRIP_TRAILING_WHITESPACE)
include(${emscripten_root}/cmake/Modules/Platform/Emscripten.cmake)
# The platform file asks Emscripten for its node and gets it in quotes on some versions; plain node runs the tests.
find_program(PREEMPT_NODE node NO_CMAKE_FIND_ROOT_PATH)
set(CMAKE_CROSSCOMPILING_EMULATOR ${PREEMPT_NODE} CACHE FILEPATH "" FORCE)
