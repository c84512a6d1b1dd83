#include "apps/catalog/pricing/document.h"

#include <array>

namespace cashline::catalog {

namespace {

constexpr std::array<std::pair<VATCategory, std::string_view>, 7> category_letters { {
    { VATCategory::standard, "S" },
    { VATCategory::zero, "Z" },
    { VATCategory::exempt, "E" },
    { VATCategory::reverse_charge, "AE" },
    { VATCategory::intra_community, "K" },
    { VATCategory::export_outside, "G" },
    { VATCategory::not_subject, "O" },
} };

}

std::string_view letters(VATCategory category)
{
    return category_letters.at(static_cast<std::size_t>(category)).second;
}

std::optional<VATCategory> vat_category(std::string_view text)
{
    for (auto const& [category, letter] : category_letters) {
        if (letter == text) {
            return category;
        }
    }
    return std::nullopt;
}

}
