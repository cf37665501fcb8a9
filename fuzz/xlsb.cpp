// Workbooks: .xlsb, as parts or as an archive.
#include "workbook.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    return detente::fuzz::read_workbook(data, size, "WIOT2010_Nov16.xlsb");
}
