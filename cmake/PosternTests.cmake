# SPDX-License-Identifier: BSD-2-Clause
# postern_unit_test(LAYER SOURCES ... [LIBRARIES ...]): one Boost.Test executable a layer, label "unit".
function(postern_unit_test layer)
  cmake_parse_arguments(arg "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(unit_${layer} ${arg_SOURCES})
  target_link_libraries(unit_${layer} PRIVATE postern_${layer} postern_test_support ${arg_LIBRARIES}
    postern_compiled_quickly)
  postern_precompile_boost_test(unit_${layer})
  add_test(NAME unit.${layer} COMMAND unit_${layer} --color_output=no)
  set_tests_properties(unit.${layer} PROPERTIES LABELS unit)
endfunction()

# Boost.Test's checks take several times longer to compile when they are optimised or instrumented, and it is
# the layers that are to be optimised and instrumented, not the checks. To be linked last: its options must
# stand behind those that they take back.
add_library(postern_compiled_quickly INTERFACE)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(postern_compiled_quickly INTERFACE -O0 -U_FORTIFY_SOURCE)
endif()
if(POSTERN_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(postern_compiled_quickly INTERFACE -O0 -g0 -fno-sanitize=all)
endif()

# postern_precompile_boost_test(TARGET): Boost.Test's header is most of what there is to compile in a test.
function(postern_precompile_boost_test target)
  target_precompile_headers(${target} REUSE_FROM postern_precompiled_boost_test)
endfunction()

# postern_gather(TARGET DIRECTORY...): a target that builds all executables of these directories.
function(postern_gather target)
  add_custom_target(${target})
  foreach(directory IN LISTS ARGN)
    get_property(members DIRECTORY ${directory} PROPERTY BUILDSYSTEM_TARGETS)
    get_property(below DIRECTORY ${directory} PROPERTY SUBDIRECTORIES)
    foreach(folder IN LISTS below)
      get_property(more DIRECTORY ${folder} PROPERTY BUILDSYSTEM_TARGETS)
      list(APPEND members ${more})
    endforeach()
    if(members)
      add_dependencies(${target} ${members})
    endif()
  endforeach()
endfunction()
