# DETENTE_MARCH: the value of -march for the build, or nothing for the compiler's default, which any CPU of the family has.
# A developer's build is for the machine's own level, where that is x86-64-v3 or above: its vectors of four doubles are
# what the kernels gain by. What newer levels add beyond that is not worth a build of its own.
set(DETENTE_MARCH "")
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  if(DETENTE_PORTABLE OR DETENTE_ARCH STREQUAL "portable")
    set(DETENTE_MARCH "")
  elseif(DETENTE_ARCH STREQUAL "auto")
    include(CheckCXXSourceRuns)
    if(NOT CMAKE_CROSSCOMPILING)
      check_cxx_source_runs("
        int main() {
            __builtin_cpu_init();
            return __builtin_cpu_supports(\"avx2\") && __builtin_cpu_supports(\"fma\") && __builtin_cpu_supports(\"bmi2\") ? 0 : 1;
        }" DETENTE_MACHINE_HAS_V3)
    endif()
    if(DETENTE_MACHINE_HAS_V3)
      set(DETENTE_MARCH "x86-64-v3")
    endif()
  else()
    set(DETENTE_MARCH "${DETENTE_ARCH}")
  endif()
elseif(NOT DETENTE_ARCH MATCHES "^(auto|portable)$")
  set(DETENTE_MARCH "${DETENTE_ARCH}")
endif()
