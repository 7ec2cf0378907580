# SPDX-License-Identifier: BSD-2-Clause
# postern_unit_test(LAYER SOURCES ... [LIBRARIES ...]): one Boost.Test executable a layer, label "unit".
function(postern_unit_test layer)
  cmake_parse_arguments(arg "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(unit_${layer} ${arg_SOURCES})
  target_link_libraries(unit_${layer} PRIVATE postern_${layer} postern_test_support ${arg_LIBRARIES})
  add_test(NAME unit.${layer} COMMAND unit_${layer} --color_output=no)
  set_tests_properties(unit.${layer} PROPERTIES LABELS unit)
endfunction()
