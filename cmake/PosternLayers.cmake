# SPDX-License-Identifier: BSD-2-Clause
# One static library a layer. lib/LAYERS says which layers there are and whom each may use;
# lib/<layer>/CMakeLists.txt says postern_layer(<layer> SOURCES ... [LIBRARIES ...]).

find_program(POSTERN_CCACHE ccache)
if(POSTERN_CCACHE)
  # With precompiled headers ccache wants to be told that macros and times in them do not matter.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${POSTERN_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endif()

add_library(postern_options INTERFACE)
target_include_directories(postern_options INTERFACE ${CMAKE_SOURCE_DIR}/lib)
target_compile_definitions(postern_options INTERFACE POSTERN_VERSION="${PROJECT_VERSION}")
target_compile_options(postern_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual
  # Optimising, g++ 12 sees overlaps (its bug 105651) and uninitialised octets inside libstdc++'s string and
  # variant that are not there; clang and the sanitizers look for the real ones.
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-Wno-restrict$<SEMICOLON>-Wno-maybe-uninitialized>
  $<$<BOOL:${POSTERN_WERROR}>:-Werror>
  # The layers' files are compiled several at a time; this takes what a program does not use out of it again.
  $<$<CONFIG:Release>:-ffunction-sections$<SEMICOLON>-fdata-sections>)
target_link_options(postern_options INTERFACE $<$<CONFIG:Release>:-Wl,--gc-sections>)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(POSTERN_FUZZ)
  target_compile_options(postern_options INTERFACE -fsanitize=fuzzer-no-link)   # libFuzzer sees what it covers
endif()
if(POSTERN_SANITIZE)
  target_compile_options(postern_options INTERFACE -fsanitize=${POSTERN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(postern_options INTERFACE -fsanitize=${POSTERN_SANITIZE})
  # A check at every dereference takes g++ a quarter of the compiling; clang's build for the fuzz targets has it.
  target_compile_options(postern_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-fno-sanitize=null$<SEMICOLON>-fno-sanitize=alignment>)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    target_compile_options(postern_options INTERFACE -fno-sanitize=function)   # false alarms with coroutines
  endif()
else()
  target_compile_options(postern_options INTERFACE -fstack-protector-strong $<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2>)
  target_link_options(postern_options INTERFACE -Wl,-z,relro,-z,now)
endif()

# postern_read_layers(): POSTERN_LAYERS in file order, and POSTERN_USES_<layer> for each.
function(postern_read_layers)
  file(STRINGS ${CMAKE_SOURCE_DIR}/lib/LAYERS lines REGEX "^[a-z]+:")
  set(layers "")
  foreach(line IN LISTS lines)
    string(REGEX MATCH "^([a-z]+):(.*)$" _ "${line}")
    set(layer ${CMAKE_MATCH_1})
    string(STRIP "${CMAKE_MATCH_2}" uses)
    if(layer STREQUAL "pure")
      continue()
    endif()
    separate_arguments(uses)
    list(APPEND layers ${layer})
    set(POSTERN_USES_${layer} "${uses}" PARENT_SCOPE)
  endforeach()
  set(POSTERN_LAYERS "${layers}" PARENT_SCOPE)
endfunction()

# The layers whose code the fuzz targets run. Others are linked in with one of these: instrumenting and optimising
# them, too, would take as long again and find nothing.
set(POSTERN_FUZZED_LAYERS base sys mail sasl smtp spool config)

# postern_layer(NAME SOURCES file.cpp... [LIBRARIES target...]): the library postern_NAME.
function(postern_layer name)
  cmake_parse_arguments(arg "" "" "SOURCES;LIBRARIES" ${ARGN})
  list(TRANSFORM POSTERN_USES_${name} PREPEND postern_ OUTPUT_VARIABLE uses)
  if(arg_SOURCES)
    add_library(postern_${name} STATIC ${arg_SOURCES})
    target_link_libraries(postern_${name} PUBLIC postern_options ${uses} ${arg_LIBRARIES})
    if(POSTERN_FUZZ AND NOT name IN_LIST POSTERN_FUZZED_LAYERS)
      target_compile_options(postern_${name} PRIVATE -O0 -fno-sanitize=fuzzer-no-link,${POSTERN_SANITIZE})
    endif()
  else()
    add_library(postern_${name} INTERFACE)
    target_link_libraries(postern_${name} INTERFACE postern_options ${uses} ${arg_LIBRARIES})
  endif()
endfunction()

macro(postern_add_layers)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/lib/LAYERS)
  postern_read_layers()
  foreach(layer IN LISTS POSTERN_LAYERS)
    add_subdirectory(lib/${layer})
  endforeach()
endmacro()
