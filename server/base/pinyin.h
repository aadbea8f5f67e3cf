#pragma once
// What people type for a Chinese name on a Latin keyboard: the first letters of its syllables.
#include <string>
#include <string_view>

namespace baijin {

// "李娜" → "ln", "ERP V8 生产集群" → "ev8scjq", "Wang Wei" → "ww". Surnames are read as surnames
// (单 is Shan). Lower-case letters and digits only; "" for a text that has none.
std::string initials(std::string_view text);

}  // namespace baijin
