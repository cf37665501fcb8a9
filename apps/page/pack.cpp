// Makes the compact file that the page opens from an economy file.
//
//     detente_pack economies/us-china-2017.nc us-china-2017.economy
#include <exception>
#include <iostream>

#include "base/file.h"
#include "compact_economy.h"
#include "economy/economy_io.h"

int main(int count, char** arguments) {
    if (count != 3) {
        std::cerr << "usage: detente_pack ECONOMY.nc OUT\n";
        return 1;
    }
    try {
        detente::write_text(arguments[2], detente::page::compact_bytes(detente::read_economy(arguments[1])));
    } catch (const std::exception& error) {
        std::cerr << "detente_pack: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
