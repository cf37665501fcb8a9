// Countries by number: ISO 3166 (the M49 codes of the United Nations), and the codes of trade statistics beside them.
#pragma once

#include <string>
#include <string_view>

namespace detente {

/// The three letters for a numeric code ("842" is USA, "004" and "4" are AFG); empty where the code is not known.
/// ISO 3166-1 and, for territories that no longer exist, ISO 3166-3, from Debian's iso-codes 4.15; and the codes by
/// which Comtrade and CEPII's BACI differ from them, such as 251 France with Monaco, 490 other Asia not elsewhere
/// specified (TWN), 579 Norway with Svalbard, 699 India, 757 Switzerland with Liechtenstein, 842 United States with
/// Puerto Rico, and for earlier years 58 Belgium-Luxembourg (BEL), 711 Southern African Customs Union (ZAF), 736 Sudan.
std::string iso3_of(std::string_view code);

/// True for a text of one to three digits.
bool is_numeric_code(std::string_view text);

}  // namespace detente
