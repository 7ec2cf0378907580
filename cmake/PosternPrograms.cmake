# SPDX-License-Identifier: BSD-2-Clause
# postern_program(NAME [STATIC] SOURCES ... LAYERS ... [LIBRARIES ...]): one of the four programs.
# STATIC: static-pie, because a process per connection pays for the dynamic loader each time, and a
# fixed address layout helps an attacker. Sanitizers cannot be linked that way. The linker warns of libunbound's
# calls of NSS, which are never reached; --no-warnings would hide them and undefined symbols with them.
function(postern_program name)
  cmake_parse_arguments(arg "STATIC" "" "SOURCES;LAYERS;LIBRARIES" ${ARGN})
  list(TRANSFORM arg_LAYERS PREPEND postern_)
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LAYERS} ${arg_LIBRARIES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin UNITY_BUILD OFF)
  if(arg_STATIC AND POSTERN_STATIC AND NOT POSTERN_SANITIZE)
    target_link_options(${name} PRIVATE -static-pie)
    if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
      target_sources(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tools/static_start.cpp)
      target_link_options(${name} PRIVATE -Wl,-e,postern_start)
    endif()
  endif()
  install(TARGETS ${name} RUNTIME DESTINATION ${CMAKE_INSTALL_SBINDIR})
endfunction()
